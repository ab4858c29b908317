import { newId } from '@/lib/actionKey';
import { findDraft, type LocalDraft, type Owner } from '@/lib/drafts';
import { blank, type FormValue } from './form';

/** Under this name the id of a new report that is only on this device is kept. */
export const NEW = 'report/new';

export interface Kept {
  id: string;
  local?: LocalDraft<FormValue>;
}

/** What this device has of a report; without an id, of the new one begun last. A device that cannot keep has nothing. */
export async function keptDraft(owner: Owner, id?: string): Promise<Kept> {
  const begun = id ?? (await findDraft<string>(owner, NEW).catch(() => undefined))?.value ?? newId();
  return { id: begun, local: await findDraft<FormValue>(owner, `report/${begun}`).catch(() => undefined) };
}

/** The new report that is only on this device yet, if anything stands in it. */
export async function unfinishedDraft(owner: Owner): Promise<FormValue | null> {
  const pointer = await findDraft<string>(owner, NEW);
  const draft = pointer && (await findDraft<FormValue>(owner, `report/${pointer.value}`));
  return draft && !blank(draft.value) ? draft.value : null;
}
