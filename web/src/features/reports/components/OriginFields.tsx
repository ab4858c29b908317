import { Input, Select } from 'antd';
import { channelText, modeText, sourceText } from '@/lib/texts';
import type { FormValue } from '../api/form';
import { channelChoices, sourceChoices } from '../api/origin';
import styles from './edit.module.css';

const options = (texts: Record<string, string>, order = Object.keys(texts)) => order.map((value) => ({ value, label: texts[value] ?? '其他' }));

interface Props {
  form: FormValue;
  faults: Record<string, string>;
  office: boolean;
  onChange: (change: Partial<FormValue>) => void;
}

/** Where the text comes from: how it was found, by which way it came, what it grew from, and where a pasted text stood. */
export default function OriginFields({ form, faults, office, onChange }: Props) {
  const note = form.origin_note;
  const set = (part: typeof note) => onChange({ origin_note: { ...note, ...part } });
  return (
    <details className={styles.more} open={Boolean(note.from || note.address || note.date || form.source_kind || faults.note_address || faults.note_on)}>
      <summary>来源<small>{[modeText[form.mode], channelText[form.channel], form.source_kind && sourceText[form.source_kind]].filter(Boolean).join(' · ')}</small></summary>
      <div className={styles.moreBody}>
        <div className={styles.three}>
          <div className={styles.field}>
            <label htmlFor="report-mode">来稿方式</label>
            <Select id="report-mode" value={form.mode} onChange={(mode) => onChange({ mode })} options={options(modeText)} />
          </div>
          <div className={styles.field}>
            <label htmlFor="report-channel">来稿渠道</label>
            <Select id="report-channel" value={form.channel} onChange={(channel) => onChange({ channel })} options={options(channelText, channelChoices(form.channel, office))} />
          </div>
          <div className={styles.field}>
            <label htmlFor="report-source">来源类型</label>
            <Select
              id="report-source" allowClear placeholder="可不选" value={form.source_kind || undefined} status={faults.source_kind ? 'error' : ''}
              onChange={(kind?: string) => onChange({ source_kind: kind ?? '' })} options={options(sourceText, sourceChoices(form.source_kind))}
            />
          </div>
        </div>
        <p className={styles.note}>文字从微信群、QQ 群或网页转贴来的，请注明原出处：</p>
        <div className={styles.three}>
          <div className={styles.field}>
            <label htmlFor="note-from">原出处</label>
            <Input id="note-from" maxLength={100} placeholder="如：某界别微信群" value={note.from ?? ''} status={faults.note_from ? 'error' : ''} onChange={(event) => set({ from: event.target.value })} />
            {faults.note_from && <span className={styles.fault} role="alert">{faults.note_from}</span>}
          </div>
          <div className={styles.field}>
            <label htmlFor="note-address">网址</label>
            <Input id="note-address" maxLength={300} placeholder="https://" value={note.address ?? ''} status={faults.note_address ? 'error' : ''} onChange={(event) => set({ address: event.target.value })} />
            {faults.note_address && <span className={styles.fault} role="alert">{faults.note_address}</span>}
          </div>
          <div className={styles.field}>
            <label htmlFor="note-on">发布日期</label>
            <Input id="note-on" type="date" value={note.date ?? ''} status={faults.note_on ? 'error' : ''} onChange={(event) => set({ date: event.target.value || undefined })} />
            {faults.note_on && <span className={styles.fault} role="alert">{faults.note_on}</span>}
          </div>
        </div>
      </div>
    </details>
  );
}
