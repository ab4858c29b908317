import { ActionKey } from '@/lib/actionKey';
import { isApiError } from '@/lib/errors';
import type { Report } from '@/lib/types';
import { alike, changes, formOf, inputOf, same, type FormValue } from './form';
import { createReport, editReport, fetchReport } from './report';

/** The calls of the server; others in tests. */
export interface Calls {
  create: typeof createReport;
  edit: typeof editReport;
  fetch: typeof fetchReport;
}

const api: Calls = { create: createReport, edit: editReport, fetch: fetchReport };

/**
 * The server's copy of what is being written. On a bad line an answer may be lost although the text arrived; then the
 * server is asked what it has before anything is sent on, so that nobody meets a conflict with themselves.
 */
export class ServerDraft {
  private saved: FormValue;
  private exists: boolean;
  private unsure: FormValue | undefined;
  private disputed: Report | undefined;
  private readonly key = new ActionKey();
  private readonly tenant: string;
  private readonly id: string;
  private readonly calls: Calls;

  constructor(tenant: string, id: string, saved: FormValue, exists: boolean, calls: Calls = api) {
    this.tenant = tenant;
    this.id = id;
    this.saved = saved;
    this.exists = exists;
    this.calls = calls;
  }

  /** What the server is known to have: what is being written began with it. */
  get base(): FormValue {
    return this.saved;
  }

  /** Whether the server has exactly this. */
  has(form: FormValue): boolean {
    return this.exists && same(this.saved, form);
  }

  /** Another's text is on the server: nothing is sent over it until `rebase` says that it was read. */
  dispute(theirs: Report): Conflict {
    this.disputed = theirs;
    return new Conflict(theirs);
  }

  /** Takes the server's text as the base of what is sent next. */
  rebase(report: Report): void {
    this.disputed = undefined;
    this.saved = formOf(report);
    this.exists = true;
    this.unsure = undefined;
  }

  /**
   * Saves the form based on a version; answers the report, or undefined when there is nothing to save: no title yet, or no
   * change. Throws Conflict when somebody else saved meanwhile, else what the call throws.
   */
  async save(form: FormValue, base: number): Promise<Report | undefined> {
    if (this.disputed) throw new Conflict(this.disputed);
    const from = this.unsure ? await this.ask(base) : base;
    if (!this.exists && !form.title.trim()) return undefined;
    if (this.has(form)) return from === base ? undefined : this.calls.fetch(this.tenant, this.id);
    try {
      const answer = await this.write(form, from);
      this.key.settle();
      this.saved = form;
      this.exists = true;
      this.unsure = undefined;
      return answer;
    } catch (error) {
      if (!isApiError(error)) throw error;
      if (error.transient) this.unsure = form;
      else this.key.settle();
      if (error.status === 412) throw this.dispute(await this.calls.fetch(this.tenant, this.id));
      throw error;
    }
  }

  private write(form: FormValue, base: number): Promise<Report> {
    if (this.exists) {
      const patch = changes(this.saved, form);
      return this.calls.edit(this.tenant, this.id, base, patch, this.key.of({ patch, base }));
    }
    const body = { ...inputOf(form), id: this.id, submit: false };
    return this.calls.create(this.tenant, body, this.key.of(body));
  }

  /** After a lost answer: whether the text arrived. Answers the version to go on from. */
  private async ask(base: number): Promise<number> {
    const found = await this.calls.fetch(this.tenant, this.id).catch((error: unknown) => {
      if (isApiError(error) && error.status === 404) return undefined;
      throw error;
    });
    const sent = this.unsure!;
    this.unsure = undefined;
    this.key.settle();
    if (!found || found.version === base) return base;
    if (!alike(formOf(found), sent)) throw this.dispute(found);
    this.saved = sent;
    this.exists = true;
    return found.version;
  }
}

/** Somebody else saved another text meanwhile. */
export class Conflict extends Error {
  readonly theirs: Report;

  constructor(theirs: Report) {
    super('conflict');
    this.theirs = theirs;
  }
}
