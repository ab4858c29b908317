import { dropDraft, keepDraft, type Owner } from './drafts';
import { isApiError } from './errors';
import { clock } from './format';

export type SaveState =
  | { kind: 'clean' }
  | { kind: 'changed' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date }
  | { kind: 'local' }
  | { kind: 'offline' }
  | { kind: 'retrying' }
  | { kind: 'conflict' }
  | { kind: 'refused'; error: unknown };

/** What the person reads beside the form. */
export function saveSentence(state: SaveState): string {
  switch (state.kind) {
    case 'changed':
    case 'saving':
      return '正在保存…';
    case 'saved':
      return `已保存 ${clock(state.at)}`;
    case 'local':
      return '已存在本机';
    case 'offline':
      return '离线，已存在本机';
    case 'retrying':
      return '保存失败，重试中';
    case 'conflict':
      return '内容已被他人修改，请处理冲突';
    case 'refused':
      return '未能保存，请检查填写';
    default:
      return '';
  }
}

/** When the server last took what is written: 0 for what was opened as the server has it, undefined while it does not have it. */
export function savedAt(state: SaveState, opened: unknown): number | undefined {
  if (state.kind === 'saved') return state.at.getTime();
  return state.kind === 'clean' && opened ? 0 : undefined;
}

export const LOCAL_AFTER = 800;
export const SERVER_AFTER = 5000;

export interface AutosaveOptions<T> {
  owner: Owner;
  subject: string;
  /** The version the form was opened with. */
  base: number;
  /**
   * Saves on the server, based on a version; answers the new version, or undefined when it is not yet fit for the
   * server. Left out: this machine only.
   */
  save?: (value: T, base: number) => Promise<number | undefined>;
  tell: (state: SaveState) => void;
}

/** Saves what is being written: to this machine 800 ms after the last key, to the server after 5 s or on leaving. */
export class Autosave<T> {
  private value: T | undefined;
  private base: number;
  private local: ReturnType<typeof setTimeout> | undefined;
  private remote: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | undefined;
  private readonly options: AutosaveOptions<T>;

  constructor(options: AutosaveOptions<T>) {
    this.options = options;
    this.base = options.base;
  }

  /** The text has changed. */
  change(value: T): void {
    this.value = value;
    this.options.tell({ kind: 'changed' });
    clearTimeout(this.local);
    this.local = setTimeout(() => void this.keep(), LOCAL_AFTER);
    this.later();
  }

  /** Saves now what is not yet saved (leaving a field, Ctrl+S, before an action). */
  async flush(): Promise<void> {
    clearTimeout(this.remote);
    clearTimeout(this.local);
    await this.running;
    if (this.value === undefined) return;
    this.running = this.push(this.value).finally(() => (this.running = undefined));
    await this.running;
  }

  /** Goes on from another version, after a conflict was decided or another action changed the report. */
  rebase(base: number): void {
    this.base = base;
  }

  /** The text is on the server by another way: nothing is left to save. */
  async settle(): Promise<void> {
    this.stop();
    this.value = undefined;
    await dropDraft(this.options.owner, this.options.subject);
  }

  stop(): void {
    clearTimeout(this.local);
    clearTimeout(this.remote);
  }

  private later(): void {
    clearTimeout(this.remote);
    if (this.options.save) this.remote = setTimeout(() => void this.flush(), SERVER_AFTER);
  }

  private async keep(): Promise<void> {
    if (this.value === undefined) return;
    const kept = await keepDraft(this.options.owner, this.options.subject, this.value, this.base).catch(() => false);
    if (kept && !this.options.save) this.options.tell({ kind: 'saved', at: new Date() });
  }

  private async push(value: T): Promise<void> {
    await this.keep();
    if (!this.options.save) return;
    this.options.tell({ kind: 'saving' });
    let version: number | undefined;
    try {
      version = await this.options.save(value, this.base);
    } catch (error) {
      return this.failed(error);
    }
    if (version === undefined) return this.options.tell({ kind: 'local' });
    this.base = version;
    if (this.value === value) {
      this.value = undefined;
      await dropDraft(this.options.owner, this.options.subject).catch(() => undefined);
    }
    this.options.tell({ kind: 'saved', at: new Date() });
  }

  private failed(error: unknown): void {
    if (isApiError(error) && error.status === 412) return this.options.tell({ kind: 'conflict' });
    if (isApiError(error) && !error.transient) return this.options.tell({ kind: 'refused', error });
    this.options.tell({ kind: isApiError(error) && error.status === 0 ? 'offline' : 'retrying' });
    this.later();
  }
}
