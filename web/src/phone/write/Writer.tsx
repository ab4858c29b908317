import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useUploads } from '@/features/attachments/api/useUploads';
import { useReportStep } from '@/features/reports/api/actions';
import { faultsOf, type Faults, type FormValue } from '@/features/reports/api/form';
import { useDraft } from '@/features/reports/api/useDraft';
import { savedAt } from '@/lib/autosave';
import type { LocalDraft, Owner } from '@/lib/drafts';
import { isApiError, sentence } from '@/lib/errors';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { Page } from '../frame/Page';
import { go, rename } from '../frame/router';
import { FormFields } from './FormFields';
import { SaveLine } from './SaveLine';
import styles from './write.module.css';

const Beside = lazy(() => import('./Beside'));
const Conflicted = lazy(() => import('./Conflicted'));
const FileField = lazy(() => import('./FileField'));
const MoreFields = lazy(() => import('./MoreFields'));

interface Props {
  owner: Owner;
  id: string;
  report?: Report;
  local?: LocalDraft<FormValue>;
}

/** Where a report is written: it saves itself, and is handed in with one touch. */
export function Writer({ owner, id, report, local }: Props) {
  const me = useMe();
  const root = `/t/${owner.tenant}`;
  const open = useRef(true);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);
  const draft = useDraft({
    owner, id, report, local,
    // The address follows without a move, so that whoever opens it again finds the draft.
    onCreated: () => open.current && rename(`${root}/reports/${id}/edit`),
  });
  const uploads = useUploads((file) => draft.change(({ attachments }) => ({ attachments: [...attachments, file] })));
  const step = useReportStep();
  const { settings } = me.tenant;
  const [secrecy, setSecrecy] = useState(false);
  const [tried, setTried] = useState(false);
  const [notice, setNotice] = useState('');
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const refusal = step.error ?? (draft.state.kind === 'refused' ? draft.state.error : undefined);
  const faults: Faults = { ...(tried ? faultsOf(draft.form, settings) : {}), ...(isApiError(refusal) ? refusal.byField : {}) };

  const submit = async () => {
    setTried(true);
    setNotice('');
    const missing = Object.keys(faultsOf(draft.form, settings))[0];
    if (missing) return form.current?.querySelector<HTMLElement>(`[name='${missing}']`)?.focus();
    if (settings.secrecy_check && !secrecy) return setNotice('请先核对并勾选不涉密确认。');
    if (uploads.busy) return setNotice('附件还在上传，请稍候再提交。');
    setBusy(true);
    const saved = await draft.finish();
    if (!saved) setNotice('还没有保存到服务器，暂时不能提交；内容都在，请稍后再试。');
    else await step.mutateAsync({ id, step: 'submit', secrecy_checked: secrecy }).then(done, () => undefined);
    setBusy(false);
  };
  const done = async ({ number }: Report) => {
    await draft.forget().catch(() => undefined);
    go(`${root}/reports/${id}`, { replace: true, flash: `已提交${number ? `，编号 ${number}` : ''}。受理前可以撤回。` });
  };
  return (
    <Page title={report ? '修改信息' : '写信息'} actions={(!report || report.can?.includes('submit')) && <Button main disabled={busy || Boolean(draft.theirs)} onClick={() => void submit()}>{busy ? '正在提交…' : '提交'}</Button>}>
      <SaveLine state={draft.state} restored={draft.restored} />
      {draft.joined > 0 && <p className={styles.joined} role="status">已并入别处同时所作的修改。</p>}
      {draft.theirs && draft.clash && <Suspense><Conflicted merged={draft.clash} onDecide={draft.decide} /></Suspense>}
      <form ref={form} className={styles.form} onSubmit={(event) => event.preventDefault()} onBlur={() => void draft.flush()} noValidate>
        <Suspense><Beside id={id} old={Boolean(report)} saved={savedAt(draft.state, report)} category={draft.form.category} onChoose={(choice) => draft.change(() => choice)} /></Suspense>
        <FormFields form={draft.form} faults={faults} rules={settings} onChange={(part) => draft.change(() => part)} />
        <Suspense><MoreFields form={draft.form} faults={faults} signs={!report || Boolean(report.can?.includes('submit'))} onChange={(part) => draft.change(() => part)} /></Suspense>
        <Suspense>
          <FileField
            files={draft.form.attachments} uploads={uploads} fault={faults.attachments}
            onRemove={(gone) => draft.change(({ attachments }) => ({ attachments: attachments.filter((file) => file.id !== gone) }))}
          />
        </Suspense>
      </form>
      <div className={styles.secrecy}>
        <p>信息属内部参考，请勿外传。如涉及保密内容，请提交纸质版材料。</p>
        <label><input type="checkbox" checked={secrecy} onChange={(event) => setSecrecy(event.target.checked)} />我已自查：内容和附件不涉密{settings.secrecy_check && '（提交前须确认）'}</label>
      </div>
      <div role="alert">
        {notice && <p className={styles.notice}>{notice}</p>}
        {Boolean(refusal) && !(isApiError(refusal) && Object.keys(refusal.byField).length) && <p className={styles.notice}>{sentence(refusal)}</p>}
        {tried && Object.keys(faults).length > 0 && <p className={styles.notice}>有 {Object.keys(faults).length} 处需要修改，见上面的红字。</p>}
      </div>
    </Page>
  );
}
