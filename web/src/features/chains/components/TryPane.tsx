import { Select } from 'antd';
import { useState } from 'react';
import { useCategories } from '@/features/reports/api/catalogues';
import { PreviewSteps } from '@/features/reviews/components/PreviewSteps';
import { addresseeText, classText, urgencyText } from '@/lib/texts';
import { Field, Fields, FormFault } from '@/ui/Field';
import { useTrial, type NewChain, type Sample } from '../api/chains';
import styles from './chains.module.css';
import { sourceNames } from './steps';

const options = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }));
const sources = options({ own: sourceNames.own!, received: sourceNames.received!, combined: sourceNames.combined! });

/** A report that is only thought of, and the way it would take through the flow as it stands in the form. */
export function TryPane({ chain, ready }: { chain: NewChain; ready: boolean }) {
  const [sample, setSample] = useState<Sample>({ class: 'ordinary', urgency: 'normal', source: 'own', addressees: [] });
  const set = (part: Partial<Sample>) => setSample({ ...sample, ...part });
  const categories = useCategories();
  const trial = useTrial(chain, sample, ready);
  return (
    <section className={styles.try} aria-label="试一试">
      <h3 className={styles.stepsTitle}>试一试</h3>
      <Fields>
        <Field label="类别"><Select value={sample.class} onChange={(value) => set({ class: value })} options={options(classText)} /></Field>
        <Field label="紧急程度"><Select value={sample.urgency} onChange={(urgency) => set({ urgency })} options={options(urgencyText)} /></Field>
        <Field label="分类"><Select allowClear placeholder="不限" value={sample.category} onChange={(category) => set({ category })} options={(categories.data ?? []).map(({ name }) => ({ value: name, label: name }))} /></Field>
        <Field label="来源"><Select value={sample.source} onChange={(source) => set({ source })} options={sources} /></Field>
        <Field label="拟报去向" wide><Select mode="multiple" allowClear placeholder="不限" value={sample.addressees ?? []} onChange={(addressees: string[]) => set({ addressees })} options={options(addresseeText)} /></Field>
      </Fields>
      {!ready && <p className={styles.hint}>环节填写完整后，这里会画出样本信息将经过的环节和人员。</p>}
      {ready && trial.data && <PreviewSteps preview={trial.data} />}
      {ready && <FormFault error={trial.error} />}
    </section>
  );
}
