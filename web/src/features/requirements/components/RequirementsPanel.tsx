import { App, Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { day, time } from '@/lib/format';
import { useMay } from '@/lib/tenant';
import { faultsOf, Field, FormFault } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { EmptyState, Loaded } from '@/ui/plain/states';
import { terms, usePublish, useRequirements, useUpperRequirements, type Asked, type Requirements } from '../api/requirements';
import styles from './requirements.module.css';

/** What the unit asks of those below, and what the units above ask of it. */
export default function RequirementsPanel() {
  const own = useRequirements();
  const above = useUpperRequirements();
  return (
    <>
      <Panel title="对下级的报送要求">
        <Loaded query={own}>{(read) => <Form key={read.version} read={read} />}</Loaded>
      </Panel>
      <Panel flush title="上级的报送要求">
        <Loaded query={above}>
          {(list) => (list.length === 0
            ? <EmptyState title="上级还没有发布报送要求" hint="上级单位发布后自动送达，并在报送时显示。" />
            : list.map((one) => (
              <div key={one.tenant} className={styles.unit}>
                <b>{one.name}</b>　<small>第 {one.version} 版{one.published_at && `，${day(one.published_at)} 发布`}</small>
                <div>{terms(one)}</div>
                {one.topics.length > 0 && <div>希望反映：{one.topics.join('、')}</div>}
                {one.text && <p className={styles.text}>{one.text}</p>}
              </div>
            )))}
        </Loaded>
      </Panel>
    </>
  );
}

const valueOf = ({ text, most_chars, sheet, topics, answer_days, most_returns }: Requirements): Asked => ({ text, most_chars, sheet, topics, answer_days, most_returns });

function Form({ read }: { read: Requirements }) {
  const { message } = App.useApp();
  const [value, setValue] = useState(valueOf(read));
  const may = useMay('requirement:publish');
  const publish = usePublish();
  const faults = faultsOf(publish.error);
  const change = (part: Partial<Asked>) => setValue({ ...value, ...part });
  // A promise: the fresh version takes this form away before the callback of a mutation would be called.
  const submit = () => void publish.mutateAsync({ value, version: read.version })
    .then((fresh) => message.success(fresh.units ? `已发布，正送达 ${fresh.units} 个单位` : '已发布；现在没有向本单位报送的单位'), () => undefined);
  return (
    <>
      <p className={styles.hint}>
        {read.published_at ? `第 ${read.version} 版，${time(read.published_at)} 发布。` : '还没有发布过，下面是系统自带的要求。'}发布后送达每个向本单位报送的单位，在其报送时显示；后来建立报送关系的单位，再发布一次即可收到。
      </p>
      <div className={styles.form}>
        <Field label="要求" fault={faults.text}>
          <Input.TextArea value={value.text} rows={5} maxLength={2000} showCount disabled={!may} onChange={(event) => change({ text: event.target.value })} />
        </Field>
        <Field label="近期希望反映的题目" fault={faults.topics} hint="输入后按回车">
          <Select mode="tags" open={false} suffixIcon={null} value={value.topics} disabled={!may} onChange={(topics: string[]) => change({ topics })} />
        </Field>
        <div className={styles.numbers}>
          <Field label="正文最多字数" fault={faults.most_chars} hint="0 为不限">
            <InputNumber min={0} max={10000} value={value.most_chars} disabled={!may} onChange={(most) => change({ most_chars: most ?? 0 })} />
          </Field>
          <Field label="答复时限（工作日）" fault={faults.answer_days}>
            <InputNumber min={1} max={120} value={value.answer_days} disabled={!may} onChange={(days) => change({ answer_days: days ?? 1 })} />
          </Field>
          <Field label="一篇最多退回几次" fault={faults.most_returns}>
            <InputNumber min={0} max={9} value={value.most_returns} disabled={!may} onChange={(most) => change({ most_returns: most ?? 0 })} />
          </Field>
        </div>
        <Checkbox checked={value.sheet} disabled={!may} onChange={(event) => change({ sheet: event.target.checked })}>报送时须附签发单位的初核表（审签环节、姓名、结论和日期）</Checkbox>
      </div>
      <FormFault error={publish.error} />
      {may && <div className={styles.buttons}><Button type="primary" loading={publish.isPending} onClick={submit}>发布</Button></div>}
    </>
  );
}
