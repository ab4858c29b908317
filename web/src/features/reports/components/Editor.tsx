import { App, Button, Segmented } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { TopicChips } from '@/features/topics/components/TopicChips';
import { WritingWarning } from '@/features/similarity/components/WritingWarning';
import { useSendForReview } from '@/features/reviews/api/reviews';
import { savedAt, saveSentence, type SaveState } from '@/lib/autosave';
import type { LocalDraft, Owner } from '@/lib/drafts';
import { isApiError, sentence } from '@/lib/errors';
import { useShortcuts } from '@/lib/shortcuts';
import { useMay, useMe } from '@/lib/tenant';
import type { Report, ReportText as Text, Version } from '@/lib/types';
import { EvidenceFields } from '@/features/quality/components/EvidenceFields';
import { SecrecyCheck } from '@/features/quality/components/SecrecyCheck';
import { Panel } from '@/ui/Page';
import { DiffView } from '@/ui/plain/DiffView';
import { ReportText } from '@/ui/plain/ReportText';
import { useReportStep } from '../api/actions';
import { blank, isAuthor, type FormValue } from '../api/form';
import { useDraft } from '../api/useDraft';
import { AttachmentField } from '@/features/attachments/components/AttachmentField';
import { MetaFields } from './MetaFields';
import { lockedCopy } from './lockedCopy';
import { LockedHead } from './TextPanes';
import { TextFields } from './TextFields';
import styles from './edit.module.css';

const Checklist = lazy(() => import('@/features/quality/components/Checklist'));
const HintsPanel = lazy(() => import('@/features/quality/components/HintsPanel'));
const EditorComments = lazy(() => import('@/features/comments/components/EditorComments'));
const ConflictDialog = lazy(() => import('./ConflictDialog'));
const OriginFields = lazy(() => import('./OriginFields'));
const SignatureFields = lazy(() => import('./SignatureFields'));

const alarming: SaveState['kind'][] = ['conflict', 'refused', 'retrying', 'offline'];

interface Props {
  owner: Owner;
  id: string;
  report?: Report;
  /** What this machine still has of it. */
  local?: LocalDraft<FormValue>;
  versions: Version[];
}

/** Left the locked original, right the text being written; it saves itself. */
export function Editor({ owner, id, report, local, versions }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const office = useMay('report:screen');
  const root = `/t/${me.tenant.code}`;
  // The last saving may end after the page was left; then the address is another page's.
  const open = useRef(true);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);
  const form = useDraft({
    owner, id, report, local,
    onCreated: () => open.current && window.history.replaceState(window.history.state, '', `${root}/reports/${id}/edit`),
  });
  const { restored, joined } = form;
  useEffect(() => {
    if (joined) void message.info('已并入他人同时所作的修改');
  }, [joined, message]);
  useEffect(() => {
    if (restored) void message.info('已恢复上次未保存的内容');
  }, [restored, message]);
  const change = (part: Partial<FormValue>) => form.change(() => part);
  const step = useReportStep();
  const review = useSendForReview();
  const locked = report && report.state !== 'draft' ? lockedCopy(versions) : undefined;
  const mine = !report || report.state === 'draft' || (report.state === 'returned' && isAuthor(report, me.membership.id));
  const mayRecord = useMay('report:record');
  const signs = !report || (!report.origin && !report.sources?.length && (mine ? report.can?.includes('submit') : office));
  // While a person is still writing, an unfinished text is no fault; faults show once they wanted to be done.
  const [tried, setTried] = useState(false);
  const [uploading, setUploading] = useState(false);
  const state: SaveState = form.state.kind === 'refused' && !tried ? { kind: 'local' } : form.state;
  const failure = step.error ?? review.error ?? (state.kind === 'refused' ? state.error : undefined);
  const faults = isApiError(failure) ? failure.byField : {};
  const { settings } = me.tenant;
  const [secrecy, setSecrecy] = useState(false);
  const unchecked = mine && tried && settings.secrecy_check && !secrecy ? '请先核对并勾选确认' : faults.secrecy_checked;

  const show = () => navigate(`${root}/reports/${id}`);
  const done = (text: string) => ({
    onSuccess: () => {
      message.success(text);
      void form.forget().catch(() => undefined);
      show();
    },
    onError: (error: Error) => void message.error(sentence(error)),
  });
  const close = async () => {
    setTried(true);
    if (!report && blank(form.form)) return navigate(root);
    if (await form.finish()) show();
    else message.warning('还没有保存到服务器，请先填写标题，或检查标红的内容。');
  };
  const submit = async () => {
    setTried(true);
    if (mine && settings.secrecy_check && !secrecy) return void message.warning('请先核对并勾选不涉密确认。');
    if (uploading) return void message.warning('附件还在上传，请等传完或移除后再提交。');
    if (!(await form.finish())) return void message.warning('内容没有保存成功，请检查填写后再提交。');
    if (mine) step.mutate({ id: id, step: 'submit', secrecy_checked: secrecy }, done('已提交，受理前可以撤回'));
    else review.mutate({ report: id }, done('已送审'));
  };
  const canSend = !report || report.can?.includes(mine ? 'submit' : 'send_for_review');
  useShortcuts({ 'Ctrl+s': () => void form.flush(), 'Ctrl+Enter': () => canSend && void submit() }, !form.theirs);
  const busy = step.isPending || review.isPending;
  return (
    <>
      <div className={styles.bar}>
        <h1>{report ? (mine ? '修改信息' : '编辑稿件') : '撰写信息'}</h1>
        <span className={`${styles.save} ${alarming.includes(state.kind) ? styles.alarm : ''}`} role="status">{saveSentence(state)}</span>
        <span className={styles.space} />
        <Button onClick={() => void close()}>{report ? '完成' : '存为草稿'}</Button>
        {canSend && <Button type="primary" loading={busy} onClick={() => void submit()}>{mine ? '提交' : '送审'}</Button>}
      </div>
      <div className={`${styles.layout} ${locked ? styles.two : ''}`}>
        {locked && <Locked version={locked} issued={versions.filter((version) => version.kind === 'issued').at(-1)} now={form.form} />}
        <Panel flush>
          <div className={styles.form}>
            {report && <Suspense><EditorComments report={id} text={form.form} save={form.flush} always={!mine} /></Suspense>}
            <TextFields text={form.form} limit={mine ? settings.draft_limit : settings.issued_limit} faults={faults} onChange={change} onBlur={() => void form.flush()} />
            {mine && <WritingWarning id={id} saved={savedAt(state, report)} />}
            <EvidenceFields evidence={form.form.evidence} flags={form.form.flags} required={settings.required.includes('evidence')} fault={faults.evidence ?? faults.flags} onChange={change} onBlur={() => void form.flush()} />
            <Suspense><HintsPanel text={form.form} onChange={change} /></Suspense>
            <TopicChips id={id} saved={savedAt(state, report)} category={form.form.category} onChoose={change} />
            <Suspense>
              <Checklist report={report && (mine || report.can.includes('edit')) ? report.id : undefined} moments={mine ? ['topic', 'writing'] : ['editing']} />
            </Suspense>
            <MetaFields meta={form.form} faults={faults} withClass={office} onChange={change} />
            <Suspense>
              <OriginFields form={form.form} faults={faults} office={office} onChange={change} />
              {signs && <SignatureFields form={form.form} faults={faults} mayRecord={Boolean(mine && mayRecord && (!report || report.state === 'draft'))} onChange={change} />}
            </Suspense>
            <AttachmentField
              attachments={form.form.attachments} fault={faults.attachments} onBusy={setUploading}
              onChange={(update) => form.change(({ attachments }) => ({ attachments: update(attachments) }))}
            />
            {Boolean(failure) && !Object.keys(faults).length && <p className={styles.fault} role="alert">{sentence(failure)}</p>}
            {mine
              ? <SecrecyCheck checked={secrecy} required={settings.secrecy_check} fault={unchecked} onChange={setSecrecy} />
              : <p className={styles.note}>本系统为非涉密系统。如涉及保密内容，请提交纸质版材料。</p>}
          </div>
        </Panel>
      </div>
      {form.theirs && form.clash && <Suspense><ConflictDialog merged={form.clash} onDecide={form.decide} onLater={form.putOff} /></Suspense>}
    </>
  );
}

/** The copies that may not be touched, beside what is being written, or what has been changed against them. */
function Locked({ version: original, issued, now }: { version: Version; issued?: Version; now: Text }) {
  const [marks, setMarks] = useState(false);
  const [shown, setShown] = useState<'original' | 'issued'>('original');
  const version = shown === 'issued' && issued ? issued : original;
  return (
    <Panel
      flush
      className={styles.locked}
      title={<LockedHead version={version} />}
      extra={(
        <>
        {issued && (
          <Segmented<'original' | 'issued'> size="small" value={shown} onChange={setShown} options={[{ label: '原稿', value: 'original' }, { label: '签发稿', value: 'issued' }]} />
        )}
        <Segmented<string>
          size="small"
          value={marks ? 'marks' : 'text'}
          onChange={(value) => setMarks(value === 'marks')}
          options={[{ label: '全文', value: 'text' }, { label: '修改痕迹', value: 'marks' }]}
        />
        </>
      )}
    >
      <div className={styles.lockedBody} tabIndex={0} role="region" aria-label="原稿">{marks ? <DiffView before={version} after={now} /> : <ReportText text={version} />}</div>
    </Panel>
  );
}
