import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { dropDraft, keepDraft, type LocalDraft, type Owner } from '@/lib/drafts';
import { ApiError } from '@/lib/errors';
import { qk } from '@/lib/query';
import type { Report } from '@/lib/types';
import { useAutosave } from '@/lib/useAutosave';
import { alike, emptyForm, formOf, type FormValue } from './form';
import type { Merged } from './mergeForms';
import { NEW } from './keptDraft';
import { Conflict, ServerDraft } from './serverDraft';

interface Options {
  owner: Owner;
  id: string;
  /** As it is on the server; left out for a new one. */
  report?: Report;
  /** What this device still has of it. */
  local?: LocalDraft<FormValue>;
  /** A new report is on the server for the first time. */
  onCreated: () => void;
}

/** What a device kept before the form had all its parts. */
const whole = (value: FormValue): FormValue => ({ ...emptyForm, ...value });

/** How the form opens: with what the server has, or with what this device kept and the server does not have. */
export function begin(owner: Owner, id: string, report?: Report, local?: LocalDraft<FormValue>) {
  const initial = report ? formOf(report) : emptyForm;
  if (local) local = { ...local, value: { ...initial, ...local.value } }; // kept by an earlier version, it may lack parts
  const server = new ServerDraft(owner.tenant, id, initial, Boolean(report));
  const restored = Boolean(local && !alike(whole(local.value), initial));
  // A device that never heard of the server's version made that version itself.
  const parted = Boolean(restored && local && report && local.base > 0 && local.base < report.version);
  if (parted) server.dispute(report!);
  return { server, restored, parted, first: restored && local ? whole(local.value) : initial };
}

/** The form of a report, saved on this device and on the server while it is written. */
export function useDraft({ owner, id, report, local, onCreated }: Options) {
  const client = useQueryClient();
  const [{ server, restored, parted, first }] = useState(() => begin(owner, id, report, local));
  const [form, setForm] = useState(first);
  // Another's text on the server that this one does not know; shown as theirs once it is clear that the person must look.
  const [disputed, setDisputed] = useState(parted ? report : undefined);
  const [theirs, setTheirs] = useState<Report>();
  const [clash, setClash] = useState<Merged>();
  // Counts how often another's changes were taken in without a question.
  const [joined, setJoined] = useState(0);
  const latest = useRef(form);
  const onServer = useRef(Boolean(report));
  const pointed = useRef(false);
  const met = useRef(false);

  const save = async (value: FormValue, base: number): Promise<number | undefined> => {
    try {
      const answer = await server.save(value, base);
      if (!answer) return server.has(value) ? base : undefined;
      client.setQueryData(qk(owner.tenant, 'report', id), answer);
      void client.invalidateQueries({ queryKey: qk(owner.tenant, 'reports') });
      if (!onServer.current) {
        onServer.current = true;
        await dropDraft(owner, NEW).catch(() => undefined);
        void client.invalidateQueries({ queryKey: ['', 'unfinished'] });
        onCreated();
      }
      return answer.version;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      setDisputed(error.theirs);
      throw new ApiError(412);
    }
  };
  const { state, change: later, flush, rebase, settle } = useAutosave<FormValue>({ owner, subject: `report/${id}`, base: report?.version ?? 0, save });

  const change = useCallback((part: (form: FormValue) => Partial<FormValue>) => {
    const next = { ...latest.current, ...part(latest.current) };
    latest.current = next;
    setForm(next);
    later(next);
    if (onServer.current || pointed.current) return;
    pointed.current = true;
    void keepDraft(owner, NEW, id, 0).catch(() => false);
    // The owner and the id are those of the page.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [later, id]);

  useEffect(() => {
    if (restored && !parted) later(first);
    // Once, when the form opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  useEffect(() => {
    // A phone ends pages without a word: whatever hides the page saves it.
    const save = () => void flush();
    const hidden = () => document.visibilityState === 'hidden' && save();
    document.addEventListener('visibilitychange', hidden);
    window.addEventListener('online', save);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      window.removeEventListener('online', save);
    };
  }, [flush]);

  /** Goes on from what is on the server with this text. */
  const goOn = (from: Report, text: FormValue) => {
    met.current = true;
    server.rebase(from);
    rebase(from.version);
    setTheirs(undefined);
    setClash(undefined);
    change(() => text);
    void flush();
  };
  /** Another text is on the server: taken in where the two do not touch, else shown. */
  const meet = async (other: Report) => {
    const { commonForm, mergedForm, mergeForms } = await import('./mergeForms'); // wanted seldom, so not with the page
    const text = formOf(other);
    // A text that this device kept while another was saved grew out of nobody knows what: then the person looks.
    const merged = mergeForms(parted && !met.current ? commonForm(latest.current, text) : server.base, latest.current, text);
    if (merged.clean && (!parted || met.current)) {
      goOn(other, mergedForm(merged, () => 'both'));
      setJoined((times) => times + 1);
      return;
    }
    setTheirs(other);
    setClash(merged);
  };
  useEffect(() => {
    // Without the part that merges, the dispute comes again with the next saving.
    if (disputed) void meet(disputed).catch(() => undefined);
    // Each text of another's once, when it is met.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [disputed]);
  /** Ends a conflict with the merged text. */
  const decide = (text: FormValue) => theirs && goOn(theirs, text);
  /** Saves now; tells whether all of it is on the server. */
  const finish = async (): Promise<boolean> => {
    if (!server.has(latest.current)) later(latest.current);
    await flush();
    return server.has(latest.current);
  };
  /** Forgets what this device has: the report has been handed in. */
  const forget = async () => {
    await settle();
    await dropDraft(owner, NEW);
  };
  /** Puts a conflict off; it comes again with the next saving. */
  const putOff = () => setTheirs(undefined);
  return { form, change, state, flush, finish, forget, theirs, clash, joined, decide, putOff, restored };
}
