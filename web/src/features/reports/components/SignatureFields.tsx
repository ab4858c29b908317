import { Button, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { MemberPicker } from '@/features/members/components/MemberPicker';
import { useMe } from '@/lib/tenant';
import { behalf, coAuthor, evenShares, restShare, type FormValue } from '../api/form';
import { moved } from '../api/origin';
import type { CoAuthor } from '../api/report';
import styles from './edit.module.css';

const MOST = 9;

interface Props {
  form: FormValue;
  faults: Record<string, string>;
  /** Whether this person may write it down for another. */
  mayRecord: boolean;
  onChange: (change: Partial<FormValue>) => void;
}

/** Who stands behind the report: the person it is written down for, and the further authors with their shares. */
export default function SignatureFields({ form, faults, mayRecord, onChange }: Props) {
  const names = form.co_authors.map((one) => one.name).filter(Boolean).join('、');
  return (
    <details className={styles.more} open={Boolean(form.co_authors.length || form.on_behalf || faults.co_authors || faults.on_behalf)}>
      <summary>署名<small>{[form.on_behalf && `代${form.on_behalf.name || '他人'}录入`, names && `合作：${names}`].filter(Boolean).join(' · ') || '本人'}</small></summary>
      <div className={styles.moreBody}>
        {(mayRecord || form.on_behalf) && <Behalf form={form} fault={faults.on_behalf} fixed={!mayRecord} onChange={onChange} />}
        <Authors form={form} fault={faults.co_authors} onChange={onChange} />
      </div>
    </details>
  );
}

function Behalf({ form, fault, fixed, onChange }: { form: FormValue; fault?: string; fixed: boolean; onChange: Props['onChange'] }) {
  const me = useMe();
  const who = form.on_behalf;
  const [outside, setOutside] = useState(Boolean(who && !who.membership_id));
  const set = (part: Partial<NonNullable<typeof who>>) => onChange({ on_behalf: behalf({ ...who, ...part, membership_id: undefined }), channel: 'proxy' });
  if (fixed) return <p className={styles.note}>反映人：{who?.name}</p>;
  return (
    <div className={styles.field}>
      <div className={styles.fieldHead}><label htmlFor="behalf">代录：这是谁反映的</label><small>不填即为本人反映</small></div>
      <div className={styles.line}>
        {outside ? (
          <>
            <Input aria-label="反映人姓名" placeholder="姓名" maxLength={30} value={who?.name ?? ''} onChange={(event) => set({ name: event.target.value })} />
            <Input aria-label="反映人单位职务" placeholder="单位职务" maxLength={60} value={who?.title ?? ''} onChange={(event) => set({ title: event.target.value })} />
            <Input aria-label="反映人联系方式" placeholder="联系方式（只有本单位可见）" maxLength={60} value={who?.contact ?? ''} onChange={(event) => set({ contact: event.target.value })} />
          </>
        ) : (
          <MemberPicker
            id="behalf" label="反映人" placeholder="本单位成员：输入姓名查找" value={who?.membership_id ? { id: who.membership_id, name: who.name ?? '' } : undefined} without={[me.membership.id]}
            onChange={(member) => onChange(member ? { on_behalf: behalf({ membership_id: member.id, name: member.name, title: member.title }), channel: 'proxy' } : { on_behalf: behalf({ membership_id: me.membership.id }), channel: 'web' })}
          />
        )}
        <Button type="link" onClick={() => setOutside(!outside)}>{outside ? '选本单位成员' : '单位以外的人'}</Button>
      </div>
      {fault && <span className={styles.fault} role="alert">{fault}</span>}
    </div>
  );
}

function Authors({ form, fault, onChange }: { form: FormValue; fault?: string; onChange: Props['onChange'] }) {
  const me = useMe();
  const list = form.co_authors;
  const set = (next: CoAuthor[]) => onChange({ co_authors: next.map(coAuthor) });
  const change = (at: number, part: Partial<CoAuthor>) => set(list.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const add = (one: CoAuthor) => set(evenShares([...list, one]));
  const rest = restShare(list);
  const first = form.on_behalf?.name || '第一反映人';
  const chosen = [form.on_behalf?.membership_id ?? me.membership.id, ...list.flatMap((one) => one.membership_id ?? [])];
  return (
    <div className={styles.field}>
      <div className={styles.fieldHead}>
        <span>合作作者</span>
        <small>按署名先后；份额合计 100%</small>
        {list.length > 0 && <Button size="small" type="link" onClick={() => set(evenShares(list))}>平均分配</Button>}
      </div>
      {list.length > 0 && (
        <ol className={styles.authors} aria-label="署名">
          <li><b>1. {first}</b><span /><span className={rest < 0 ? styles.over : ''}>{rest}%</span></li>
          {list.map((one, index) => (
            <li key={one.membership_id ?? `outside-${index}`}>
              {one.membership_id ? <span>{index + 2}. {[one.name, one.title].filter(Boolean).join('　')}</span> : (
                <span className={styles.line}>
                  <Input aria-label={`第 ${index + 2} 作者姓名`} placeholder="姓名" maxLength={30} value={one.name} onChange={(event) => change(index, { name: event.target.value })} />
                  <Input aria-label={`第 ${index + 2} 作者单位`} placeholder="单位" maxLength={60} value={one.unit} onChange={(event) => change(index, { unit: event.target.value })} />
                </span>
              )}
              <span>
                <Button size="small" type="text" disabled={index === 0} aria-label={`${one.name || '作者'}上移`} onClick={() => set(moved(list, index, index - 1))}>↑</Button>
                <Button size="small" type="text" disabled={index === list.length - 1} aria-label={`${one.name || '作者'}下移`} onClick={() => set(moved(list, index, index + 1))}>↓</Button>
                <Button size="small" type="text" aria-label={`去掉${one.name || '作者'}`} onClick={() => set(list.filter((_, at) => at !== index))}>去掉</Button>
              </span>
              <InputNumber aria-label={`${one.name || '作者'}的份额`} min={0} max={100} precision={2} suffix="%" value={one.share} onChange={(share) => change(index, { share: share ?? 0 })} />
            </li>
          ))}
        </ol>
      )}
      {list.length < MOST && (
        <div className={styles.line}>
          <MemberPicker
            key={list.length} label="添加合作作者" placeholder="添加本单位成员：输入姓名查找" without={chosen}
            onChange={(member) => member && add({ membership_id: member.id, name: member.name, title: member.title })}
          />
          <Button onClick={() => add({ name: '' })}>添加单位以外的人</Button>
        </div>
      )}
      {fault && <span className={styles.fault} role="alert">{fault}</span>}
    </div>
  );
}
