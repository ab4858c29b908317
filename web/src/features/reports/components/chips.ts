import { formText, levelText } from '@/lib/texts';
import type { AdoptionForm, Level } from '@/lib/types';
import type { ReportFilter } from '../api/lists';
import { monthsName } from './periods';

/** A condition of a list that no field above it shows, and what is taken away with it. */
export interface Chip {
  name: string;
  without: Partial<ReportFilter>;
}

const figures: Record<string, string> = {
  own_submitted: '本单位提交', own_received: '收到下级报送', own_signed: '已签发', own_forwarded: '已向上报送', own_kept: '留存', own_declined: '不采用',
  own_returned: '退回', tree_submitted: '提交', tree_forwarded: '向上报送', tree_forwardings: '向上报送（篇次）',
};
const adoptions: Record<string, string> = { own_adopted: '本单位', tree_reports: '', tree_times: '' };

/** What the figure of a board counts: own_received 收到下级报送, tree_times_city_single 市级单篇采用. */
export function measureName(measure: string): string {
  const stem = Object.keys(adoptions).find((name) => measure === name || measure.startsWith(`${name}_`));
  if (!stem) return figures[measure] ?? '看板所列';
  const parts = measure.slice(stem.length + 1).split('_');
  const level = levelText[parts[0] as Level] ?? '';
  const form = formText[parts.at(-1) as AdoptionForm] ?? '采用';
  return adoptions[stem] + level + form;
}

/** What a list from a board holds, in words; nothing for a list one narrowed oneself, whose fields say it. */
export function chipsOf({ measure, sender, from, to }: ReportFilter, senderName: string): Chip[] {
  if (!measure && !sender) return [];
  const chips: Chip[] = [];
  // The board sets the level and the form beside the measure that names them; they go together.
  if (measure) chips.push({ name: measureName(measure), without: { measure: undefined, adopted_level: undefined, adopted_form: undefined } });
  if (sender) chips.push({ name: `来自${senderName}`, without: { sender: undefined } });
  if (from || to) chips.push({ name: monthsName(from, to), without: { from: undefined, to: undefined } });
  return chips;
}

/** How many rows there are, as far as is known. */
export const rowsName = (rows: number, more: boolean): string => (more ? `已列出 ${rows} 篇，还有更多` : `共 ${rows} 篇`);
