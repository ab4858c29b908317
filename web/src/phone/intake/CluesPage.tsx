import { useState } from 'react';
import { useAddClue, useClue, useClues, useDraftOfClues, useTalk } from '@/features/clues/api/clues';
import { isApiError, sentence } from '@/lib/errors';
import { ago } from '@/lib/format';
import { useTenantCode } from '@/lib/tenant';
import { clueText, label, sourceText } from '@/lib/texts';
import { Button } from '@/ui/plain/Button';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { StatusTag } from '@/ui/plain/StatusTag';
import { Card, More, Page } from '../frame/Page';
import { go, Link, usePlace } from '../frame/router';
import { LineField, TextField } from '../write/fields';
import styles from './intake.module.css';

/** The clues this person entered, or is to write of. */
export function CluesPage() {
  const tenant = useTenantCode();
  const [mine, setMine] = useState('entered');
  const clues = useClues({ mine });
  return (
    <Page title="我的线索" actions={<Button main onClick={() => go(`/t/${tenant}/clues/new`)}>登记线索</Button>}>
      <div className={styles.links} role="group" aria-label="哪些线索">
        <Button main={mine === 'entered'} aria-pressed={mine === 'entered'} onClick={() => setMine('entered')}>我登记的</Button>
        <Button main={mine === 'writing'} aria-pressed={mine === 'writing'} onClick={() => setMine('writing')}>由我撰写</Button>
      </div>
      <Loaded query={clues}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (!items.length) return <EmptyState title={mine === 'entered' ? '还没有登记线索' : '没有定给您撰写的线索'} />;
          return (
            <Card>
              <ul className={styles.list}>
                {items.map((clue) => (
                  <li key={clue.id}>
                    <Link to={`/t/${tenant}/clues/${clue.id}`} className={styles.item}>
                      <strong>{clue.title}</strong>
                      <span className={styles.tags}><StatusTag>{label(clueText, clue.state)}</StatusTag>{clue.topic && <StatusTag tone="ok">已定题</StatusTag>}</span>
                      <span className={styles.meta}>{[label(sourceText, clue.source_kind), ago(clue.received_at)].join(' · ')}</span>
                    </Link>
                  </li>
                ))}
              </ul>
              <More query={clues} />
            </Card>
          );
        }}
      </Loaded>
    </Page>
  );
}

/** One clue with what was decided; whoever is to write begins here. */
export function CluePage({ id }: { id: string }) {
  const tenant = useTenantCode();
  const clue = useClue(id);
  const talk = useTalk(id);
  const draft = useDraftOfClues();
  const make = () => draft.mutate({ clues: [id] }, { onSuccess: (report) => go(`/t/${tenant}/reports/${report.id}/edit`, { replace: true }) });
  const may = clue.data?.can.includes('convert') ?? false;
  return (
    <Page title="线索" actions={may && <Button main disabled={draft.isPending} onClick={make}>写成信息</Button>}>
      {draft.error && <p className={styles.fault} role="alert">{sentence(draft.error)}</p>}
      <Loaded query={clue}>
        {(data) => (
          <Card>
            <div className={styles.item}>
              <strong>{data.title}</strong>
              <span className={styles.meta}>{[label(sourceText, data.source_kind), data.occasion, ago(data.received_at)].filter(Boolean).join(' · ')}</span>
            </div>
            <p className={styles.body}>{data.body}</p>
            {data.reports?.map((report) => <p key={report.id}><Link to={`/t/${tenant}/reports/${report.id}`}>{report.title}</Link></p>)}
          </Card>
        )}
      </Loaded>
      {talk.data && talk.data.length > 0 && (
        <Card title="讨论与定题">
          <div className={styles.talk}>
            {talk.data.map((entry) => (
              <p key={entry.id}><b>{entry.by}</b> {entry.kind === 'decision' && `定题《${entry.topic}》${entry.writer ? `，由${entry.writer}撰写` : ''}${entry.angle ? `。角度：${entry.angle}` : ''}`} {entry.body}</p>
            ))}
          </div>
        </Card>
      )}
    </Page>
  );
}

/** Leaves a clue: a title and what was heard. */
export function NewCluePage() {
  const tenant = useTenantCode();
  const { search } = usePlace();
  const activity = new URLSearchParams(search).get('activity') ?? undefined;
  const [form, setForm] = useState({ title: '', body: '', place: '' });
  const add = useAddClue();
  const faults = isApiError(add.error) ? add.error.byField : {};
  const submit = () =>
    add.mutate({ ...form, source_kind: activity ? 'activity' : 'citizen', channel: 'phone', activity_id: activity }, {
      onSuccess: (clue) => go(`/t/${tenant}/clues/${clue.id}`, { replace: true, flash: '线索已登记' }),
    });
  return (
    <Page title="登记线索" actions={<Button main disabled={add.isPending || !form.title.trim() || !form.body.trim()} onClick={submit}>登记</Button>}>
      <Card>
        <LineField label="标题" value={form.title} fault={faults.title} onChange={(title) => setForm({ ...form, title })} />
        <TextField name="body" label="情况" rows={6} hint="什么地方、什么问题、谁反映的" value={form.body} fault={faults.body} onChange={(body) => setForm({ ...form, body })} />
        <LineField label="地点" value={form.place} fault={faults.place} onChange={(place) => setForm({ ...form, place })} />
        {add.error && !Object.keys(faults).length && <p className={styles.fault} role="alert">{sentence(add.error)}</p>}
      </Card>
    </Page>
  );
}
