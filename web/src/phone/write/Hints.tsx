import type { Section } from '@/features/quality/api/hints';
import { useShownHints } from '@/features/quality/api/useShownHints';
import type { FormValue } from '@/features/reports/api/form';
import { HintList } from '@/ui/plain/HintList';

const fieldOf = (section: Section) => `[name='${section}']`;

interface Props {
  form: FormValue;
  onChange: (part: Partial<FormValue>) => void;
}

/** What a reader would object to, read again at each pause. */
export default function Hints({ form, onChange }: Props) {
  return <HintList {...useShownHints({ text: form, fieldOf, onChange })} />;
}
