import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { sentence } from '@/lib/errors';
import { useTenantCode } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { ReportStatus, StatusTag } from '@/ui/plain/StatusTag';
import { linkText, useLinks, useUnlink, type ReportLink } from '../api/links';
import styles from './writing.module.css';

const LinkDialog = lazy(() => import('./LinkDialog'));

/** The reports that belong together with this one: linked by a person, split off, merged. */
export default function LinksPanel({ report }: { report: Report }) {
  const links = useLinks(report.id).data ?? [];
  const [adding, setAdding] = useState(false);
  const may = report.can.includes('link') && report.state !== 'draft';
  if (!links.length && !may) return null;
  return (
    <Panel title="关联信息" extra={may && <Button size="small" onClick={() => setAdding(true)}>添加关联</Button>}>
      {links.length === 0 ? <p className={styles.none}>没有关联的信息。</p> : (
        <ul className={styles.list} aria-label="关联信息">
          {links.map((link) => <Row key={link.id ?? `${link.kind}/${link.report_id}`} link={link} may={may} />)}
        </ul>
      )}
      {adding && <Suspense><LinkDialog report={report} onClose={() => setAdding(false)} /></Suspense>}
    </Panel>
  );
}

function Row({ link, may }: { link: ReportLink; may: boolean }) {
  const tenant = useTenantCode();
  const { message } = App.useApp();
  const unlink = useUnlink();
  const remove = () =>
    unlink.mutate(link.id!, { onSuccess: () => void message.success('已取消关联'), onError: (error) => void message.error(sentence(error)) });
  return (
    <li className={styles.link}>
      <div className={styles.row}>
        <StatusTag bare tone="run">{linkText[link.kind]}</StatusTag>
        <ReportStatus state={link.state} />
        {link.id && may && <Button size="small" type="text" loading={unlink.isPending} aria-label={`取消与《${link.title}》的关联`} onClick={remove}>取消</Button>}
      </div>
      <Link to={`/t/${tenant}/reports/${link.report_id}`}>{link.title || '（未填标题）'}</Link>
      <small>{[link.number, link.note].filter(Boolean).join('　')}</small>
    </li>
  );
}
