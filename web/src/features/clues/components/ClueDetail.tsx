import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { SubjectFiles } from '@/features/attachments/components/SubjectFiles';
import { sentence } from '@/lib/errors';
import { time } from '@/lib/format';
import { useMay, useMe } from '@/lib/tenant';
import { channelText, clueText, label, originText, sourceText, stageText, stateText } from '@/lib/texts';
import type { Clue } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { useClue, useClueStep, useDraftOfClues, type ClueStep } from '../api/clues';
import type { DialogName } from './ClueDialogs';
import { ClueTalk } from './ClueTalk';
import styles from './clues.module.css';

const ClueDialogs = lazy(() => import('./ClueDialogs'));

/** One clue in full, with what may be made of it. */
export function ClueDetail({ id }: { id: string }) {
  const clue = useClue(id);
  return (
    <Panel flush className={styles.detail}>
      <Loaded query={clue}>{(data) => <Content clue={data} />}</Loaded>
    </Panel>
  );
}

export function ClueState({ clue }: { clue: Clue }) {
  const tone = { new: 'run', reserved: 'warn', used: 'ok', dropped: 'quiet' } as const;
  return <StatusTag tone={tone[clue.state]}>{label(clueText, clue.state)}</StatusTag>;
}

function Content({ clue }: { clue: Clue }) {
  const mayWrite = useMay('clue:write');
  return (
    <>
      <div className={styles.head}>
        <h2>{clue.title}</h2>
        <Facts clue={clue} />
      </div>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label="线索内容">
        <div className={styles.body}>{clue.body}</div>
        {clue.received && (
          <details className={styles.received}>
            <summary>整理前的原文</summary>
            <b>{clue.received.title}</b>
            <p>{clue.received.body}</p>
          </details>
        )}
        <SubjectFiles kind="clue" id={clue.id} mayWrite={mayWrite && clue.state === 'new'} />
        <Reports clue={clue} />
        <ClueTalk clue={clue} />
      </div>
      <Actions clue={clue} />
    </>
  );
}

function Facts({ clue }: { clue: Clue }) {
  const { on_behalf: voice, origin } = clue;
  const facts: [string, string | undefined][] = [
    ['来源', [label(sourceText, clue.source_kind), clue.occasion, clue.place].filter(Boolean).join(' · ')],
    ['渠道', label(channelText, clue.channel)],
    ['编号', clue.origin_ref && clue.channel !== 'point' ? clue.origin_ref : undefined],
    ['回执', clue.receipt],
    ['反映人', voice && [voice.name, voice.title, voice.contact].filter(Boolean).join('，')],
    ['出处', origin && [originText[origin.kind], origin.name, origin.on].filter(Boolean).join(' · ')],
    ['登记', [clue.entered_by?.name, time(clue.received_at)].filter(Boolean).join(' ')],
    ['领取', clue.claimed_by?.name],
    ['选题', clue.topic],
    ['撰写', clue.writer?.name],
    ['说明', [clue.reason, clue.reserve_until && `${clue.reserve_until} 提醒`].filter(Boolean).join('，')],
  ];
  return (
    <>
      <div className={styles.tags}>
        <ClueState clue={clue} />
        {clue.stage === 'material' && <StatusTag bare>{stageText.material}</StatusTag>}
      </div>
      <dl className={styles.facts}>
        {facts.filter(([, value]) => value).map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
        {origin?.url && <div><dt>网址</dt><dd><a href={origin.url} target="_blank" rel="noreferrer noopener">{origin.url}</a></dd></div>}
      </dl>
    </>
  );
}

/** The reports that grew from the clue: those that the reader may open. */
function Reports({ clue }: { clue: Clue }) {
  const { tenant } = useMe();
  if (!clue.reports?.length) return null;
  return (
    <section className={styles.talk} aria-label="形成的稿件">
      <h3>形成的稿件</h3>
      {clue.reports.map((report) => (
        <p key={report.id}><Link to={`/t/${tenant.code}/reports/${report.id}`}>{report.title || '（未填标题）'}</Link> <small>{stateText[report.state]}</small></p>
      ))}
    </section>
  );
}

const dialogs: [string, DialogName, string][] = [['decide', 'decide', '定题'], ['edit', 'edit', '整理'], ['reserve', 'reserve', '存入储备'], ['drop', 'drop', '放弃']];
const steps: [ClueStep, string, string][] = [['claim', '领取', '已领取'], ['release', '退回线索池', '已退回线索池'], ['restore', '取回', '已回到待处理']];

function Actions({ clue }: { clue: Clue }) {
  const { tenant } = useMe();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<DialogName>();
  const step = useClueStep();
  const draft = useDraftOfClues();
  const can = (what: string) => clue.can.some((one) => one === what);
  const onError = (error: Error) => void message.error(sentence(error));
  const make = () =>
    draft.mutate({ clues: [clue.id] }, {
      onSuccess: (report) => {
        void message.success('已转为稿件草稿');
        navigate(`/t/${tenant.code}/reports/${report.id}/edit`);
      },
      onError,
    });
  if (!clue.can.some((one) => one !== 'discuss')) return null;
  return (
    <div className={styles.actions}>
      {can('convert') && <Button type="primary" loading={draft.isPending} onClick={make}>{clue.state === 'used' ? '再转一篇稿件' : '转为稿件'}</Button>}
      {steps.filter(([name]) => can(name)).map(([name, text, done]) => (
        <Button key={name} disabled={step.isPending} onClick={() => step.mutate({ id: clue.id, step: name }, { onSuccess: () => void message.success(done), onError })}>{text}</Button>
      ))}
      {dialogs.filter(([name]) => can(name)).map(([, name, text]) => <Button key={name} onClick={() => setDialog(name)}>{text}</Button>)}
      <Suspense><ClueDialogs clue={clue} dialog={dialog} onClose={() => setDialog(undefined)} /></Suspense>
    </div>
  );
}
