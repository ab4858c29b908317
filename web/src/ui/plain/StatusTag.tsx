import type { ReactNode } from 'react';
import { stateForAuthor, stateText } from '@/lib/texts';
import type { ReportState } from '@/lib/types';
import styles from './plain.module.css';

export type Tone = 'quiet' | 'run' | 'ok' | 'warn' | 'risk';

interface Props {
  tone?: Tone;
  /** Without the dot: a mark, not a state. */
  bare?: boolean;
  children: ReactNode;
}

/** A state in one word, readable without its colour. */
export function StatusTag({ tone = 'quiet', bare, children }: Props) {
  return <span className={`${styles.tag} ${styles[tone]} ${bare ? styles.bare : ''}`}>{children}</span>;
}

const tones: Record<ReportState, Tone> = {
  draft: 'quiet', submitted: 'risk', taken_up: 'run', editing: 'run', returned: 'warn', kept: 'quiet', declined: 'quiet', merged: 'quiet',
  reviewing: 'run', signed: 'ok', recalled: 'quiet', split: 'quiet', archived: 'ok',
};

/** The state of a report, in the author's words or the office's. */
export function ReportStatus({ state, author }: { state: ReportState; author?: boolean }) {
  const tone = author && state === 'submitted' ? 'run' : tones[state];
  return <StatusTag tone={tone}>{(author ? stateForAuthor : stateText)[state] ?? '办理中'}</StatusTag>;
}
