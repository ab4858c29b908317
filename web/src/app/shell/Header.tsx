import { DownOutlined, EditOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, type MenuProps } from 'antd';
import { Link, useNavigate } from 'react-router';
import { logOut } from '@/features/session/api/session';
import { Logo } from '@/features/session/components/Logo';
import { wipeDrafts } from '@/lib/drafts';
import { sentence } from '@/lib/errors';
import { useMay, useMe } from '@/lib/tenant';
import { Bell } from './Bell';
import styles from './shell.module.css';

interface Props {
  large: boolean;
  onLarge: (on: boolean) => void;
  onKeys: () => void;
}

/** The unit one works in; a person in several units switches here. */
function Unit() {
  const me = useMe();
  const navigate = useNavigate();
  const others = me.tenants.filter((unit) => unit.code !== me.tenant.code);
  if (!others.length) return <span className={styles.unit}>{me.tenant.name}</span>;
  const items: MenuProps['items'] = [
    {
      type: 'group',
      label: '切换到',
      children: others.map((unit) => ({ key: unit.code, label: `${unit.name}${unit.title ? `（${unit.title}）` : ''}` })),
    },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => navigate(`/t/${key}`) }}>
      <button type="button" className={styles.unit}>{me.tenant.name}<DownOutlined style={{ fontSize: 11 }} /></button>
    </Dropdown>
  );
}

export function Header({ large, onLarge, onKeys }: Props) {
  const me = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const mayWrite = useMay('report:write');
  const root = `/t/${me.tenant.code}`;
  const leave = async () => {
    try {
      await logOut();
    } catch (error) {
      message.error(sentence(error));
      return;
    }
    await wipeDrafts(me.person.id).catch(() => undefined);
    // A fresh page: nothing of the session stays in memory.
    window.location.assign('/login');
  };
  const items: MenuProps['items'] = [
    { key: 'large', label: large ? '切换为标准字号' : '切换为大字版' },
    { key: 'keys', label: '快捷键' },
    { type: 'divider' },
    { key: 'leave', label: '退出登录（清除本机草稿）' },
  ];
  const chosen: MenuProps['onClick'] = ({ key }) => {
    if (key === 'large') onLarge(!large);
    else if (key === 'keys') onKeys();
    else void leave();
  };
  return (
    <header className={styles.header}>
      <a className={styles.skip} href="#main">跳到正文</a>
      <Link to={root} className={styles.logo}><Logo size={30} red />上达</Link>
      <Unit />
      <span className={styles.space} />
      {mayWrite && (
        <Button type="primary" icon={<EditOutlined />} onClick={() => navigate(`${root}/reports/new`)}>撰写信息</Button>
      )}
      <Bell />
      <Dropdown trigger={['click']} menu={{ items, onClick: chosen }}>
        <button type="button" className={styles.person}>
          <span className={styles.avatar} aria-hidden="true">{me.person.name.slice(0, 1)}</span>
          <span>{me.person.name}<small>{me.membership.title || me.roles[0]?.name}</small></span>
        </button>
      </Dropdown>
    </header>
  );
}
