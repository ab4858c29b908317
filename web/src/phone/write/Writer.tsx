import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useReportStep } from '@/features/reports/api/actions';
import { faultsOf, formOf, type Faults, type FormValue } from '@/features/reports/api/form';
import { useDraft } from '@/features/reports/api/useDraft';
import type { LocalDraft, Owner } from '@/lib/drafts';
import { isApiError, sentence } from '@/lib/errors';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { Page } from '../frame/Page';
import { go, rename } from '../frame/router';
import { Conflicted } from './Conflicted';
import { FileField } from './FileField';
import { FormFields } from './FormFields';
import { SaveLine } from './SaveLine';
import { useUploads } from './useUploads';
import styles from './write.module.css';

const MoreFields = lazy(() => import('./MoreFields'));

const DRAFT_LIMIT = 3000;

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
  const uploads = useUploads(owner.tenant, (file) => draft.change(({ attachments }) => ({ attachments: [...attachments, file] })));
  const step = useReportStep();
  const limit = me.tenant.settings.draft_limit ?? DRAFT_LIMIT;
  const [tried, setTried] = useState(false);
  const [notice, setNotice] = useState('');
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const refusal = step.error ?? (draft.state.kind === 'refused' ? draft.state.error : undefined);
  const faults: Faults = { ...(tried ? faultsOf(draft.form, limit) : {}), ...(isApiError(refusal) ? refusal.byField : {}) };

  const submit = async () => {
    setTried(true);
    setNotice('');
    const missing = Object.keys(faultsOf(draft.form, limit))[0];
    if (missing) return form.current?.querySelector<HTMLElement>(`[name='${missing}']`)?.focus();
    if (uploads.busy) return setNotice('附件还在上传，请稍候再提交。');
    setBusy(true);
    const saved = await draft.finish();
    if (!saved) setNotice('还没有保存到服务器，暂时不能提交；内容都在，请稍后再试。');
    else await step.mutateAsync({ id, step: 'submit' }).then(done, () => undefined);
    setBusy(false);
  };
  const done = async ({ number }: Report) => {
    await draft.forget().catch(() => undefined);
    go(`${root}/reports/${id}`, { replace: true, flash: `已提交${number ? `，编号 ${number}` : ''}。受理前可以撤回。` });
  };
  return (
    <Page title={report ? '修改信息' : '写信息'} actions={(!report || report.can?.includes('submit')) && <Button main disabled={busy || Boolean(draft.theirs)} onClick={() => void submit()}>{busy ? '正在提交…' : '提交'}</Button>}>
      <SaveLine state={draft.state} restored={draft.restored} />
      {draft.theirs && <Conflicted mine={draft.form} theirs={draft.theirs} onDecide={(keep) => draft.decide(keep === 'mine' ? {} : formOf(draft.theirs!))} />}
      <p className={styles.secrecy}>如涉及保密内容，请提交纸质版材料。</p>
      <form ref={form} className={styles.form} onSubmit={(event) => event.preventDefault()} onBlur={() => void draft.flush()} noValidate>
        <FormFields form={draft.form} faults={faults} limit={limit} onChange={(part) => draft.change(() => part)} />
        <Suspense><MoreFields form={draft.form} faults={faults} signs={!report || Boolean(report.can?.includes('submit'))} onChange={(part) => draft.change(() => part)} /></Suspense>
        <FileField
          files={draft.form.attachments} uploads={uploads} fault={faults.attachments}
          onRemove={(gone) => draft.change(({ attachments }) => ({ attachments: attachments.filter((file) => file.id !== gone) }))}
        />
      </form>
      <div role="alert">
        {notice && <p className={styles.notice}>{notice}</p>}
        {Boolean(refusal) && !(isApiError(refusal) && Object.keys(refusal.byField).length) && <p className={styles.notice}>{sentence(refusal)}</p>}
        {tried && Object.keys(faults).length > 0 && <p className={styles.notice}>有 {Object.keys(faults).length} 处需要修改，见上面的红字。</p>}
      </div>
    </Page>
  );
}
