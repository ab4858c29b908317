import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ActionKey } from '@/lib/actionKey';
import { dropDraft, findDraft } from '@/lib/drafts';
import { isApiError } from '@/lib/errors';
import { qk } from '@/lib/query';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { useAutosave } from '@/lib/useAutosave';
import { createReport, editReport, fetchReport } from '../api/report';
import { changes, emptyForm, formOf, inputOf, sameForm, type FormValue } from './form';

interface Kept {
  id: string;
  form: FormValue;
}

interface Options {
  id: string;
  /** Left out for a new report. */
  report?: Report;
  /** A new report is on the server for the first time. */
  onCreated: (id: string) => void;
  onRestored: () => void;
}

/** The form of a report: its value, its saving, and what another person saved meanwhile. */
export function useReportForm({ id: firstId, report, onCreated, onRestored }: Options) {
  const me = useMe();
  const tenant = me.tenant.code;
  const client = useQueryClient();
  const id = useRef(firstId);
  const key = useRef(new ActionKey());
  const initial = report ? formOf(report) : emptyForm;
  const saved = useRef(initial);
  const exists = useRef(Boolean(report));
  const [form, setForm] = useState(initial);
  const [theirs, setTheirs] = useState<Report>();
  const owner = { tenant, person: me.person.id };
  const subject = report ? `report/${report.id}` : 'report/new';

  const write = async (value: FormValue, base: number): Promise<Report> => {
    if (exists.current) {
      const patch = changes(saved.current, value);
      return editReport(tenant, id.current, base, patch, key.current.of({ patch, base }));
    }
    const body = { ...inputOf(value), id: id.current, submit: false };
    return createReport(tenant, body, key.current.of(body));
  };
  const save = async ({ form: value }: Kept, base: number): Promise<number | undefined> => {
    if (!exists.current && !value.title.trim()) return undefined;
    if (exists.current && sameForm(saved.current, value)) return base;
    try {
      const answer = await write(value, base);
      key.current.settle();
      saved.current = value;
      client.setQueryData(qk(tenant, 'report', answer.id), answer);
      if (!exists.current) {
        exists.current = true;
        onCreated(answer.id);
      }
      return answer.version;
    } catch (error) {
      if (isApiError(error) && !error.transient) key.current.settle();
      if (isApiError(error) && error.status === 412) setTheirs(await fetchReport(tenant, id.current));
      throw error;
    }
  };
  const autosave = useAutosave<Kept>({ owner, subject, base: report?.version ?? 0, save });

  useEffect(() => {
    let gone = false;
    void findDraft<Kept>(owner, subject).then((draft) => {
      if (gone || !draft || sameForm(draft.value.form, saved.current)) return;
      id.current = draft.value.id;
      setForm(draft.value.form);
      if (report && draft.base < report.version) setTheirs(report);
      else autosave.change(draft.value);
      onRestored();
    }, () => undefined);
    return () => {
      gone = true;
    };
    // Once, when the form opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [subject]);

  const change = (part: Partial<FormValue>) => {
    const next = { ...form, ...part };
    setForm(next);
    autosave.change({ id: id.current, form: next });
  };
  /** Ends a conflict with the chosen text, saved over the other's version. */
  const decide = (chosen: Partial<FormValue>) => {
    if (!theirs) return;
    saved.current = formOf(theirs);
    autosave.rebase(theirs.version);
    const next = { ...form, ...chosen };
    setForm(next);
    autosave.change({ id: id.current, form: next });
    setTheirs(undefined);
    void autosave.flush();
  };
  /** Saves now; tells whether all is on the server. */
  const finish = async (): Promise<boolean> => {
    if (!exists.current) autosave.change({ id: id.current, form });
    await autosave.flush();
    return exists.current && sameForm(saved.current, latest.current);
  };
  const latest = useRef(form);
  useEffect(() => {
    latest.current = form;
  });
  const forget = () => dropDraft(owner, subject);
  return { id, form, saved, change, state: autosave.state, flush: autosave.flush, finish, forget, theirs, decide, later: () => setTheirs(undefined) };
}
