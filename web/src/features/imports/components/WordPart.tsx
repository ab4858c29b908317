import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Attachments } from '@/features/attachments/components/Attachments';
import { emptyForm, inputOf, type FormValue } from '@/features/reports/api/form';
import { createReport } from '@/features/reports/api/report';
import { MetaFields } from '@/features/reports/components/MetaFields';
import { TextFields } from '@/features/reports/components/TextFields';
import { newId } from '@/lib/actionKey';
import { useMe } from '@/lib/tenant';
import { useAction } from '@/lib/useAction';
import { faultsOf, FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { recognise, type Beginning } from '../api/imports';
import { FilePick } from './FilePick';
import styles from './imports.module.css';

/** One Word file: what was recognised is shown and may be put right before a draft is made. */
export function WordPart() {
  const { tenant } = useMe();
  const [found, setFound] = useState<Beginning>();
  if (found) return <Confirm found={found} onBack={() => setFound(undefined)} />;
  return (
    <Panel title="从 Word 文件起草">
      <p className={styles.hint}>识别标题、存在问题、原因分析、对策建议和反映人，文中图片转为附件；.doc 和 .wps 也可以。20 MB 以内。</p>
      <FilePick text="选择 Word 文件" accept=".docx,.doc,.wps" onArrived={async (file) => setFound(await recognise(tenant.code, file.id))} />
      <p className={styles.hint}>本系统为非涉密系统。如涉及保密内容，请提交纸质版材料。</p>
    </Panel>
  );
}

function Confirm({ found, onBack }: { found: Beginning; onBack: () => void }) {
  const me = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [id] = useState(newId);
  const [form, setForm] = useState<FormValue>(() => ({ ...emptyForm, ...textOf(found), attachments: found.attachments }));
  const change = (part: Partial<FormValue>) => setForm((now) => ({ ...now, ...part }));
  const make = useAction((value: FormValue, key) => createReport(me.tenant.code, { ...inputOf(value), id, submit: false }, key), ['reports']);
  const faults = faultsOf(make.error);
  const submit = () =>
    make.mutate(form, {
      onSuccess: () => {
        void message.success('已生成草稿');
        navigate(`/t/${me.tenant.code}/reports/${id}/edit`);
      },
    });
  return (
    <Panel title="核对识别的结果" extra={<Button onClick={onBack}>换一个文件</Button>}>
      <div className={styles.form}>
        {found.notes.length > 0 && <Alert type="warning" showIcon title={<ul>{found.notes.map((note) => <li key={note}>{note}</li>)}</ul>} />}
        {found.author && <p className={styles.hint}>文中写明的反映人：{found.author}</p>}
        <TextFields text={form} limit={me.tenant.settings.draft_limit ?? 3000} faults={faults} onChange={change} onBlur={() => undefined} />
        <MetaFields meta={form} faults={faults} withClass={false} only="category" onChange={change} />
        <Attachments attachments={form.attachments} onRemove={(gone) => change({ attachments: form.attachments.filter((file) => file.id !== gone) })} />
        <FormFault error={make.error} />
        <div><Button type="primary" loading={make.isPending} disabled={!form.title.trim()} onClick={submit}>生成草稿</Button></div>
      </div>
    </Panel>
  );
}

const textOf = ({ title, problem, cause, advice }: Beginning) => ({ title, problem, cause, advice });
