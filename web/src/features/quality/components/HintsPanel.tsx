import { HintList } from '@/ui/plain/HintList';
import type { ReadText, Section } from '../api/hints';
import { useShownHints } from '../api/useShownHints';

interface Props {
  text: ReadText;
  onChange?: (change: Partial<Record<Section, string>>) => void;
}

const fieldOf = (section: Section) => `#report-${section}`;

/** The hints beside a form of the desk; without a change they are only read. */
export default function HintsPanel({ text, onChange }: Props) {
  const shown = useShownHints({ text, fieldOf: onChange && fieldOf, onChange });
  return <HintList {...shown} />;
}
