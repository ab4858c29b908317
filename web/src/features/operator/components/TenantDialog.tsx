import { App, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { kindText, levels, levelText, partyOrder } from '@/lib/texts';
import { faultsOf, Field, Fields, FormFault } from '@/ui/Field';
import { useOpenTenant, type Administrator } from '../api/platform';
import { administrators, emptyForm, formFaults, sentTenant, type AdministratorKey, type TenantForm } from './newTenant';
import styles from './operator.module.css';

const kinds = Object.entries(kindText).map(([value, label]) => ({ value, label }));
const parties = partyOrder.filter((one) => one !== '工商联').map((value) => ({ value, label: value }));

/** Opens a unit with its three administrators. */
export default function TenantDialog({ onClose }: { onClose: () => void }) {
  const { message } = App.useApp();
  const [form, setForm] = useState<TenantForm>(emptyForm);
  const [tried, setTried] = useState(false);
  const open = useOpenTenant();
  const missing = formFaults(form);
  const faults = { ...(tried ? missing : {}), ...faultsOf(open.error) };
  const set = (part: Partial<TenantForm>) => setForm({ ...form, ...part });
  const submit = () => {
    setTried(true);
    if (Object.keys(missing).length) return;
    open.mutate(sentTenant(form), {
      onSuccess: (unit) => {
        void message.success(`${unit.name}已开通，下一步请为它建立报送渠道`);
        onClose();
      },
    });
  };
  return (
    <Modal open width={720} title="开通单位" okText="开通" okButtonProps={{ loading: open.isPending }} onOk={submit} onCancel={onClose}>
      <Fields>
        <Field label="单位全称" fault={faults.name}><Input value={form.name} maxLength={60} placeholder="如：中国人民政治协商会议A市A1区委员会" onChange={(event) => set({ name: event.target.value })} /></Field>
        <Field label="单位简称" fault={faults.short_name}><Input value={form.short_name} maxLength={30} placeholder="如：A1区政协" onChange={(event) => set({ short_name: event.target.value })} /></Field>
        <Field label="单位性质" fault={faults.kind}><Select value={form.kind} onChange={(kind) => set({ kind })} options={kinds} /></Field>
        <Field label="层级" fault={faults.level}><Select value={form.level} onChange={(level) => set({ level })} options={levels.map((value) => ({ value, label: levelText[value] }))} /></Field>
        {form.kind === 'party' && (
          <Field wide label="所属民主党派" fault={faults.party}><Select placeholder="请选择" value={form.party || undefined} onChange={(party) => set({ party })} options={parties} /></Field>
        )}
        <Field label="单位代码" fault={faults.code} hint="用于网址，开通后不能改变"><Input value={form.code} maxLength={32} placeholder="如：a1-zx" onChange={(event) => set({ code: event.target.value })} /></Field>
        <Field label="行政区划代码（可不填）" fault={faults.division}><Input value={form.division} maxLength={6} inputMode="numeric" placeholder="6 位数字" onChange={(event) => set({ division: event.target.value })} /></Field>
        <Field label="排名分组（可不填）" fault={faults.class} hint="同组单位在看板中一起排名"><Input value={form.class} maxLength={30} placeholder="如：区县政协" onChange={(event) => set({ class: event.target.value })} /></Field>
        <Field label="刊物名称（可不填）" fault={faults.journal}><Input value={form.journal} maxLength={30} placeholder="如：社情民意信息" onChange={(event) => set({ journal: event.target.value })} /></Field>
      </Fields>
      {administrators.map((one) => (
        <Person key={one.key} of={one} value={form[one.key]} fault={faults[one.key]} onChange={(value) => set({ [one.key]: value })} />
      ))}
      {faults.administrators && <p className={styles.fault} role="alert">{faults.administrators}</p>}
      <p className={styles.hint}>三类管理员须由三个不同的人担任，都不能阅读稿件。已有登录名的人沿用原密码。</p>
      <FormFault error={open.error} />
    </Modal>
  );
}

interface PersonProps {
  of: { key: AdministratorKey; name: string; does: string };
  value: Administrator;
  fault?: string;
  onChange: (value: Administrator) => void;
}

function Person({ of, value, fault, onChange }: PersonProps) {
  return (
    <fieldset className={styles.person}>
      <legend>{of.name}<small>{of.does}</small></legend>
      <Input aria-label={`${of.name}的姓名`} placeholder="姓名" maxLength={30} value={value.name} onChange={(event) => onChange({ ...value, name: event.target.value })} />
      <Input aria-label={`${of.name}的登录名`} placeholder="登录名" autoComplete="off" maxLength={64} value={value.login} onChange={(event) => onChange({ ...value, login: event.target.value })} />
      <Input.Password aria-label={`${of.name}的初始密码`} placeholder="初始密码" autoComplete="new-password" maxLength={128} value={value.password} onChange={(event) => onChange({ ...value, password: event.target.value })} />
      {fault && <span className={styles.fault} role="alert">{fault}</span>}
    </fieldset>
  );
}
