import { StatusTag, type Tone } from '@/ui/plain/StatusTag';
import type { LineState } from './lines';

const tags: Record<LineState, { text: string; tone: Tone }> = {
  open: { text: '可报送', tone: 'ok' }, later: { text: '未生效', tone: 'run' }, stopped: { text: '已暂停', tone: 'warn' }, closed: { text: '已终止', tone: 'quiet' },
};

/** Whether a line can be used. */
export function LineTag({ state }: { state: LineState }) {
  return <StatusTag tone={tags[state].tone}>{tags[state].text}</StatusTag>;
}
