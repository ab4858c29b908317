const pad = (value: number) => String(value).padStart(2, '0');

/** Parts of a time in the reader's (Chinese) clock. */
function parts(iso: string) {
  const at = new Date(iso);
  return { at, y: at.getFullYear(), m: at.getMonth() + 1, d: at.getDate(), h: at.getHours(), i: at.getMinutes(), s: at.getSeconds() };
}

/** 2026年11月3日 */
export function day(iso?: string): string {
  if (!iso) return '';
  const p = parts(iso);
  return `${p.y}年${p.m}月${p.d}日`;
}

/** 2026-11-03 09:05 */
export function time(iso?: string): string {
  if (!iso) return '';
  const p = parts(iso);
  return `${p.y}-${pad(p.m)}-${pad(p.d)} ${pad(p.h)}:${pad(p.i)}`;
}

/** 09:05:07 */
export function clock(at: Date): string {
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

/** 刚刚, 5 分钟前, 今天 09:05, 昨天 09:05, 11月3日, 2025-11-03 */
export function ago(iso?: string, now = new Date()): string {
  if (!iso) return '';
  const p = parts(iso);
  const minutes = Math.floor((now.getTime() - p.at.getTime()) / 60_000);
  if (minutes >= 0 && minutes < 1) return '刚刚';
  if (minutes >= 0 && minutes < 60) return `${minutes} 分钟前`;
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  const days = Math.ceil((midnight.getTime() - p.at.getTime()) / 86_400_000);
  if (days <= 0 && p.d === now.getDate()) return `今天 ${pad(p.h)}:${pad(p.i)}`;
  if (days === 1) return `昨天 ${pad(p.h)}:${pad(p.i)}`;
  if (p.y === now.getFullYear()) return `${p.m}月${p.d}日`;
  return `${p.y}-${pad(p.m)}-${pad(p.d)}`;
}

/** 1 286 */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

/** 36.5% from 0.365 */
export function percent(ratio: number | undefined): string {
  if (ratio === undefined || !Number.isFinite(ratio)) return '—';
  return `${(ratio * 100).toFixed(1)}%`;
}

/** 2.4 MB */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
