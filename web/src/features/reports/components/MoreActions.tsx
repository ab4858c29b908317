import { Button, Dropdown } from 'antd';
import type { ActionName, ActionSpec } from './actions';

interface Props {
  actions: ActionSpec[];
  busy: boolean;
  onAct: (name: ActionName) => void;
}

/** What is done seldom, behind one button. */
export default function MoreActions({ actions, busy, onAct }: Props) {
  return (
    <Dropdown trigger={['click']} disabled={busy} menu={{ items: actions.map(({ name, text }) => ({ key: name, label: text })), onClick: ({ key }) => onAct(key as ActionName) }}>
      <Button disabled={busy}>更多</Button>
    </Dropdown>
  );
}
