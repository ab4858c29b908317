import { useState } from 'react';
import { logOut } from '@/features/session/api/session';
import { wipeDrafts } from '@/lib/drafts';
import { sentence } from '@/lib/errors';
import { useMay, useMe } from '@/lib/tenant';
import { largeText, setLargeText } from '@/lib/textSize';
import { Card, MainLink, TabPage } from '../frame/Page';
import styles from './account.module.css';
import { forgetUnit } from './lastUnit';
import { Units } from './Units';

/** Who one is here, the other units, the size of the type, the way out. */
export function MinePage() {
  const me = useMe();
  const signs = useMay('review:act');
  const [large, setLarge] = useState(largeText);
  const [fault, setFault] = useState('');
  const others = me.tenants.filter((unit) => unit.code !== me.tenant.code);
  const choose = (on: boolean) => {
    setLargeText(on);
    setLarge(on);
  };
  const leave = async () => {
    try {
      await logOut();
    } catch (error) {
      return setFault(sentence(error));
    }
    forgetUnit();
    await wipeDrafts(me.person.id).catch(() => undefined);
    // A fresh page: nothing of the session stays in memory.
    window.location.assign('/m/login');
  };
  return (
    <TabPage title="我的">
      <Card>
        <h2 className={styles.name}>{me.person.name}</h2>
        <p className={styles.quiet}>{me.tenant.name}</p>
        <p className={styles.quiet}>{[me.membership.post || me.membership.title, ...me.roles.map((role) => role.name)].filter(Boolean).join(' · ')}</p>
      </Card>
      {signs && <MainLink to={`/t/${me.tenant.code}/delegations`}>审签委托：外出时请人代签</MainLink>}
      {others.length > 0 && <Card title="切换单位"><Units units={others} /></Card>}
      <Card>
        <label className={styles.switch}>
          大字版
          <input type="checkbox" role="switch" checked={large} onChange={(event) => choose(event.target.checked)} />
        </label>
      </Card>
      {fault && <div className={styles.fault} role="alert">{fault}</div>}
      <button type="button" className={styles.leave} onClick={() => void leave()}>退出登录</button>
      <p className={styles.hint}>退出时会清除存在本机的草稿；已保存到服务器的草稿不受影响。</p>
    </TabPage>
  );
}
