import { useMemo } from 'react';
import { time } from '@/lib/format';
import { label, versionText } from '@/lib/texts';
import { written, type Written } from '@/lib/passages';
import type { Report, Version } from '@/lib/types';
import { sections } from '@/ui/plain/ReportText';
import styles from './three.module.css';

type Part = 'title' | (typeof sections)[number]['name'];

const NOW = Number.MAX_SAFE_INTEGER;

/** Which version and which person brought each passage of the text. */
export default function WhoWrote({ report, versions }: { report: Report; versions: Version[] }) {
  const bySection = useMemo(() => {
    const whole = versions.filter((version) => !version.fault);
    const of = (part: Part) => written([
      ...whole.map((version) => ({ no: version.no, kind: version.kind, by: version.by ?? '', at: version.at, text: version[part] })),
      { no: NOW, kind: 'now', by: '', at: '', text: report[part] },
    ]);
    return { title: of('title'), problem: of('problem'), cause: of('cause'), advice: of('advice') };
  }, [report, versions]);
  const names = [...new Set(Object.values(bySection).flat().map((one) => one.by).filter(Boolean))];
  return (
    <article className={styles.wrote}>
      <p className={styles.legend}>{names.map((name) => <span key={name} className={styles[`hand${names.indexOf(name) % 5}`]}>{name}</span>)}</p>
      {([['title', '标题'], ...sections.map(({ name, title }) => [name, title])] as [Part, string][]).map(([part, title]) => (
        <section key={part}>
          <h3>{title}</h3>
          {bySection[part].map((one, index) => (
            <p key={index} className={one.by ? styles[`hand${names.indexOf(one.by) % 5}`] : ''}>
              <span>{one.text}</span>
              <small>{origin(one)}</small>
            </p>
          ))}
        </section>
      ))}
    </article>
  );
}

const origin = (one: Written) => (one.no === NOW ? '尚未存为版本' : [one.by, `${label(versionText, one.kind)} 第 ${one.no} 版`, time(one.at)].filter(Boolean).join('，'));
