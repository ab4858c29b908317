import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { faultsOf } from '@/ui/Field';
import { sentence } from '@/lib/errors';
import { sectionText, useWriteComment, type Section } from '../api/comments';
import type { Passage } from '../api/places';
import styles from './comments.module.css';

const MOST_QUOTED = 200;
const parts = Object.entries(sectionText).map(([value, label]) => ({ value, label }));

interface Props {
  report: string;
  /** The words that were chosen in the text; left out for a comment that names its place itself. */
  chosen?: Passage;
  /** Saves what is being written first, so that the words stand in the text. */
  before?: () => Promise<unknown>;
  onFocus?: () => void;
  onDone: () => void;
}

/** Writes a comment on the chosen words, on a part, or on the text as a whole. */
export function Composer({ report, chosen, before, onFocus, onDone }: Props) {
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const [section, setSection] = useState<Section>();
  const [quote, setQuote] = useState('');
  const write = useWriteComment(report);
  const faults = faultsOf(write.error);
  const long = chosen && [...chosen.quote].length > MOST_QUOTED;
  const send = async () => {
    await before?.();
    const place = chosen ?? (section ? { section, ...(quote.trim() && { quote: quote.trim(), place: 0 }) } : {});
    write.mutate({ ...place, text: text.trim() }, {
      onSuccess: () => {
        void message.success('批注已发出，对方会收到消息');
        onDone();
      },
    });
  };
  return (
    <section className={styles.compose} aria-label="写批注">
      {chosen ? (
        <p className={styles.quote}>{sectionText[chosen.section]}：“{chosen.quote}”{long && <span className={styles.fault}>　最多选 {MOST_QUOTED} 个字</span>}</p>
      ) : (
        <>
          <Select<Section | ''> size="small" aria-label="批注的部分" value={section ?? ''} onChange={(value) => setSection(value || undefined)} options={[{ value: '', label: '全文' }, ...parts]} />
          {section && <Input size="small" aria-label="所指的原文" placeholder="所指的原文（可不填，须与原文一致）" value={quote} maxLength={MOST_QUOTED} onChange={(event) => setQuote(event.target.value)} />}
        </>
      )}
      <Input.TextArea aria-label="批注内容" value={text} maxLength={500} autoSize={{ minRows: 2, maxRows: 8 }} placeholder="写给作者和编辑的话" onFocus={onFocus} onChange={(event) => setText(event.target.value)} />
      {write.error && <span className={styles.fault} role="alert">{faults.text ?? faults.quote ?? faults.section ?? sentence(write.error)}</span>}
      <div className={styles.buttons}>
        <Button size="small" type="primary" disabled={!text.trim() || Boolean(long)} loading={write.isPending} onClick={() => void send()}>发出批注</Button>
        <Button size="small" type="text" onClick={onDone}>取消</Button>
      </div>
    </section>
  );
}
