const pad = (value: number) => String(value).padStart(2, '0');

/** China has one clock, eight hours ahead, whatever the machine's says. */
const ahead = 8 * 3_600_000;

/** Parts of a time on the Chinese clock. */
function parts(iso: string | Date) {
  const at = new Date(iso);
  const china = new Date(at.getTime() + ahead);
  return {
    at, y: china.getUTCFullYear(), m: china.getUTCMonth() + 1, d: china.getUTCDate(), h: china.getUTCHours(), i: china.getUTCMinutes(), s: china.getUTCSeconds(),
  };
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
  const p = parts(at);
  return `${pad(p.h)}:${pad(p.i)}:${pad(p.s)}`;
}

/** 刚刚, 5 分钟前, 今天 09:05, 昨天 09:05, 11月3日, 2025-11-03 */
export function ago(iso?: string, now = new Date()): string {
  if (!iso) return '';
  const p = parts(iso);
  const minutes = Math.floor((now.getTime() - p.at.getTime()) / 60_000);
  if (minutes >= 0 && minutes < 1) return '刚刚';
  if (minutes >= 0 && minutes < 60) return `${minutes} 分钟前`;
  const today = parts(now);
  const days = Math.floor((now.getTime() + ahead) / 86_400_000) - Math.floor((p.at.getTime() + ahead) / 86_400_000);
  if (days === 0) return `今天 ${pad(p.h)}:${pad(p.i)}`;
  if (days === 1) return `昨天 ${pad(p.h)}:${pad(p.i)}`;
  if (p.y === today.y) return `${p.m}月${p.d}日`;
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

/** 2026-11-03 on the Chinese clock, as date fields take it. */
export function dateText(at: Date | string): string {
  const p = parts(at);
  return `${p.y}-${pad(p.m)}-${pad(p.d)}`;
}
