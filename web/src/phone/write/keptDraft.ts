import { newId } from '@/lib/actionKey';
import { findDraft, type LocalDraft, type Owner } from '@/lib/drafts';
import type { FormValue } from './form';
import { NEW } from './useDraft';

export interface Kept {
  id: string;
  local?: LocalDraft<FormValue>;
}

/** What this device has of a report; without an id, of the new one begun last. A device that cannot keep has nothing. */
export async function keptDraft(owner: Owner, id?: string): Promise<Kept> {
  const begun = id ?? (await findDraft<string>(owner, NEW).catch(() => undefined))?.value ?? newId();
  return { id: begun, local: await findDraft<FormValue>(owner, `report/${begun}`).catch(() => undefined) };
}
