import type { Version } from '@/lib/types';

/** The copy that may not be touched: as received, or as the author wrote it. */
export function lockedCopy(versions: Version[]): Version | undefined {
  return versions.find((version) => version.kind === 'sealed') ?? versions.find((version) => version.kind === 'original');
}
