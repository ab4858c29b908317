import { useState } from 'react';
import { evenShares, coAuthor, restShare, type FormValue } from '@/features/reports/api/form';
import { channelChoices, sourceChoices } from '@/features/reports/api/origin';
import type { CoAuthor } from '@/features/reports/api/report';
import { useMembers } from '@/features/members/api/members';
import { useMe } from '@/lib/tenant';
import { channelText, modeText, sourceText } from '@/lib/texts';
import { CodeField, LineField } from './fields';
import styles from './write.module.css';

const MOST = 9;

interface Props {
  form: FormValue;
  faults: Record<string, string | undefined>;
  /** Whether this person says who signs. */
  signs: boolean;
  onChange: (part: Partial<FormValue>) => void;
}

/** What most reports do without: where the text comes from, and who writes it with the author. */
export default function MoreFields({ form, faults, signs, onChange }: Props) {
  const note = form.origin_note;
  const set = (part: typeof note) => onChange({ origin_note: { ...note, ...part } });
  const said = [form.mode !== 'found' && modeText[form.mode], form.source_kind && sourceText[form.source_kind], form.co_authors.length > 0 && `合作作者 ${form.co_authors.length} 人`].filter(Boolean);
  return (
    <details className={styles.more} open={Boolean(faults.note_address || faults.note_from || faults.note_on || faults.co_authors)}>
      <summary>来源和合作作者<small>{said.join(' · ') || '可不填'}</small></summary>
      <CodeField label="来稿方式" value={form.mode} texts={modeText} order={Object.keys(modeText)} onChange={(mode) => onChange({ mode: mode as FormValue['mode'] })} />
      <CodeField label="来源类型" none="不选" value={form.source_kind} texts={sourceText} order={sourceChoices(form.source_kind)} onChange={(kind) => onChange({ source_kind: kind })} />
      <CodeField label="来稿渠道" value={form.channel} texts={channelText} order={channelChoices(form.channel, false)} onChange={(channel) => onChange({ channel: channel as FormValue['channel'] })} />
      <LineField label="转贴文字的原出处" hint="如：某界别微信群" value={note.from ?? ''} fault={faults.note_from} onChange={(from) => set({ from })} />
      <LineField label="网址" hint="https://" kind="url" value={note.address ?? ''} fault={faults.note_address} onChange={(address) => set({ address })} />
      <LineField label="发布日期" kind="date" value={note.date ?? ''} fault={faults.note_on} onChange={(date) => set({ date: date || undefined })} />
      {signs && <Authors list={form.co_authors} fault={faults.co_authors} onChange={(co_authors) => onChange({ co_authors: co_authors.map(coAuthor) })} />}
    </details>
  );
}

function Authors({ list, fault, onChange }: { list: CoAuthor[]; fault?: string; onChange: (list: CoAuthor[]) => void }) {
  const me = useMe();
  const [words, setWords] = useState('');
  const found = useMembers(words.trim() || undefined);
  const out = [me.membership.id, ...list.map((one) => one.membership_id)];
  const people = words.trim() ? found.data?.pages.flatMap((page) => page.items).filter((one) => one.class === 'business' && one.state === 'active' && !out.includes(one.id)).slice(0, 6) : [];
  const add = (one: CoAuthor) => {
    onChange(evenShares([...list, one]));
    setWords('');
  };
  return (
    <div className={styles.field}>
      <div className={styles.head}><b>合作作者</b>{list.length > 0 && <span>本人 {restShare(list)}%</span>}</div>
      {list.length > 0 && (
        <ul className={styles.people}>
          {list.map((one, index) => (
            <li key={one.membership_id ?? `outside-${index}`}>
              <span>{[one.name, one.unit].filter(Boolean).join(' · ')}</span>
              <span>{one.share}%</span>
              <button type="button" onClick={() => onChange(evenShares(list.filter((_, at) => at !== index)))} aria-label={`去掉${one.name}`}>去掉</button>
            </li>
          ))}
        </ul>
      )}
      {list.length < MOST && <LineField label="添加合作作者" hint="输入姓名查找" value={words} onChange={setWords} />}
      {people && words.trim() && (
        <ul className={styles.people} aria-label="查找结果">
          {people.map((one) => (
            <li key={one.id}><button type="button" onClick={() => add({ membership_id: one.id, name: one.name, title: one.title })}>{[one.name, one.title].filter(Boolean).join(' · ')}</button></li>
          ))}
          <li><button type="button" onClick={() => add({ name: words.trim() })}>“{words.trim()}”不是本单位成员，按姓名添加</button></li>
        </ul>
      )}
      {fault && <p className={styles.fault} role="alert">{fault}</p>}
    </div>
  );
}
