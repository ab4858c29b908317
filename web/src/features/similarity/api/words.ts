import type { Checked, Match } from './similarity';

/** What a check found, in one sentence; nothing where there is nothing. */
export function warningOf(checked: Checked): string {
  const matches = checked.items.filter((match) => match.verdict !== 'different');
  const count = matches.length + checked.hidden;
  if (count === 0) return '';
  if (checked.copied) {
    return checked.on_submit === 'block' ? '本单位已有内容高度相似的信息，按规定不能重复提交' : '本单位已有内容高度相似的信息，请确认是否重复';
  }
  return `本单位有 ${count} 篇相似的信息，提交前请看看是否反映同一件事`;
}

/** 近乎相同 or 相似 61%, and what was said of it. */
export function alikeText(match: Pick<Match, 'score' | 'copied'>): string {
  if (match.copied) return `近乎相同 ${match.score}%`;
  return match.score > 0 ? `相似 ${match.score}%` : '人工关联';
}
