import { sourceText } from '@/lib/texts';

/** The kinds of source that are material by nature: written down somewhere before they come here. */
export const materialKinds = ['speech', 'plenary_speech', 'unfiled_proposal', 'proposal', 'survey', 'inspection', 'visit', 'citizen', 'consultation', 'department'];

/** All kinds that a person may choose. */
export const allKinds = [...materialKinds, 'activity', 'studio', 'station', 'negotiation'];

export const kindOptions = (kinds: string[]) => kinds.map((value) => ({ value, label: sourceText[value] ?? '其他' }));
