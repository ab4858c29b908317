import { Link } from 'react-router';
import { StatusTag } from '@/ui/plain/StatusTag';
import type { Badge } from '../api/similarity';
import { alikeText } from '../api/words';

/** The mark of a list: how alike another report is; it opens the two side by side. */
export function SimilarTag({ badge, root }: { badge?: Badge; root: string }) {
  if (!badge) return null;
  const tag = badge.linked
    ? <StatusTag tone="run" bare>重复已关联</StatusTag>
    : badge.score > 0
      ? <StatusTag tone={badge.copied ? 'risk' : 'warn'} bare>{alikeText(badge)}</StatusTag>
      : badge.elsewhere ? <StatusTag tone="warn" bare>平台上有相似内容</StatusTag> : null;
  if (!tag || !badge.other_id) return tag;
  return <Link to={`${root}/reports/${badge.report_id}/similar/${badge.other_id}`} onClick={(event) => event.stopPropagation()}>{tag}</Link>;
}
