import { formText, levels, levelText } from '@/lib/texts';
import type { AdoptionForm, Level } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Table, type Column } from '@/ui/Table';
import type { TreeFigures } from '../api/boards';
import { Figure, Term } from './Figure';
import type { LinkOf } from './KeyFigures';

interface Row {
  level?: Level;
}

const forms = Object.keys(formText) as AdoptionForm[];

interface Props {
  adopted: TreeFigures['adopted'];
  definitions: Record<string, string>;
  linkOf: LinkOf;
}

/** Adoptions by level and form: each cell in 篇次, the sums in 篇 and 篇次. */
export function LevelForm({ adopted, definitions, linkOf }: Props) {
  const cell = (level: Level | undefined, form: AdoptionForm) =>
    (level ? adopted.by_level[level]?.forms?.[form] : adopted.by_form[form]?.times) ?? 0;
  const columns: Column<Row>[] = [
    { key: 'level', title: '采用层级', pinned: true, render: ({ level }) => (level ? levelText[level] : '合计') },
    ...forms.map((form): Column<Row> => ({
      key: form,
      title: `${formText[form]}（篇次）`,
      figure: true,
      render: ({ level }) => (
        <Figure value={cell(level, form)} to={linkOf({ measure: 'tree_times', adopted_level: level, adopted_form: form })} />
      ),
    })),
    {
      key: 'times',
      title: <Term says={definitions.adopted_times}>合计（篇次）</Term>,
      figure: true,
      render: ({ level }) => (
        <Figure value={(level ? adopted.by_level[level]?.times : adopted.times) ?? 0} to={linkOf({ measure: 'tree_times', adopted_level: level })} />
      ),
    },
    {
      key: 'reports',
      title: <Term says={definitions.adopted_reports}>合计（篇）</Term>,
      figure: true,
      render: ({ level }) => (
        <Figure value={(level ? adopted.by_level[level]?.reports : adopted.reports) ?? 0} to={linkOf({ measure: 'tree_reports', adopted_level: level })} />
      ),
    },
  ];
  return (
    <Panel title="采用：层级与形式" flush>
      <Table
        name="各级各形式的采用"
        columns={columns}
        rows={[...levels.map((level): Row => ({ level })), {}]}
        rowKey={({ level }) => level ?? 'all'}
        strong={({ level }) => !level}
      />
    </Panel>
  );
}
