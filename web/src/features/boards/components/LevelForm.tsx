import { formText, levels, levelText } from '@/lib/texts';
import type { AdoptionForm, Level } from '@/lib/types';
import { Panel } from '@/ui/Page';
import { Table, type Column } from '@/ui/Table';
import type { TreeFigures } from '../api/boards';
import { Figure, Term } from './Figure';
import type { LinkOf } from './KeyFigures';

/** A level, or 篇次 and 篇 of all levels. */
type Row = Level | 'times' | 'reports';

const forms = Object.keys(formText) as AdoptionForm[];
const isLevel = (row: Row): row is Level => row !== 'times' && row !== 'reports';

interface Props {
  adopted: TreeFigures['adopted'];
  definitions: Record<string, string>;
  linkOf: LinkOf;
}

/** Adoptions by level and form: each cell in 篇次, the sums in 篇 and 篇次. */
export function LevelForm({ adopted, definitions, linkOf }: Props) {
  const cell = (row: Row, form: AdoptionForm) => {
    if (isLevel(row)) return <Figure value={adopted.by_level_form[row][form]} to={linkOf({ figure: 'tree_times', level: row, form })} />;
    return <Figure value={adopted.by_form[form][row]} to={linkOf({ figure: `tree_${row}`, form })} />;
  };
  const sum = (row: Row, unit: 'times' | 'reports') => {
    if (isLevel(row)) return <Figure value={adopted.by_level[row][unit]} to={linkOf({ figure: `tree_${unit}`, level: row })} />;
    return row === unit && <Figure value={adopted[unit]} to={linkOf({ figure: `tree_${unit}` })} />;
  };
  const columns: Column<Row>[] = [
    { key: 'level', title: '采用层级', pinned: true, render: (row) => (isLevel(row) ? levelText[row] : { times: '合计（篇次）', reports: '合计（篇）' }[row]) },
    ...forms.map((form): Column<Row> => ({ key: form, title: formText[form].slice(0, 2), figure: true, render: (row) => cell(row, form) })),
    { key: 'times', title: <Term says={definitions.times}>合计（篇次）</Term>, figure: true, render: (row) => sum(row, 'times') },
    { key: 'reports', title: <Term says={definitions.reports}>合计（篇）</Term>, figure: true, render: (row) => sum(row, 'reports') },
  ];
  return (
    <Panel title="采用：层级与形式" extra="各级各形式为篇次" flush>
      <Table name="各级各形式的采用" columns={columns} rows={[...levels, 'times', 'reports']} rowKey={(row) => row} strong={(row) => !isLevel(row)} />
    </Panel>
  );
}
