/** A remark as it is shown. */
export interface ShownHint {
  key: string;
  severity: 'refuse' | 'warn' | 'note';
  section: string;
  quote: string;
  text: string;
  suggestion: string;
  onJump?: () => void;
  onMask?: () => void;
}
