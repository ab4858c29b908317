import { useEffect, useState, useSyncExternalStore, type FormEvent } from 'react';
import { sentence } from '@/lib/errors';
import { loginAnswered, loginWanted, onLoginWanted } from '@/lib/relogin';
import { Button } from './Button';
import styles from './plain.module.css';

interface Props {
  login: string;
  /** Enters the unit again with the person's session; rejects when that has ended too. */
  enter: () => Promise<unknown>;
  logIn: (password: string) => Promise<unknown>;
  leave: () => void;
}

/** Asks for the password over the page when the session has ended; what was written stays. */
export function ReloginDialog(props: Props) {
  const wanted = useSyncExternalStore(onLoginWanted, loginWanted);
  return wanted ? <Dialog {...props} /> : null;
}

function Dialog({ login, enter, logIn, leave }: Props) {
  const [silent, setSilent] = useState(true);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    enter().then(() => loginAnswered(true), () => setSilent(false));
    // Tried once, when the dialog comes up.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  if (silent) return null;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    try {
      await logIn(String(new FormData(event.currentTarget).get('password')));
      await enter();
      loginAnswered(true);
    } catch (error) {
      setFault(sentence(error));
      setBusy(false);
    }
  };
  return (
    <div className={styles.veil}>
      <div className={styles.dialog} role="dialog" aria-modal="true" aria-labelledby="relogin-title">
        <form onSubmit={submit}>
          <h2 id="relogin-title">登录已失效</h2>
          <p>请重新输入密码，页面上的内容都还在。</p>
          <label className={styles.field}>账号<input value={login} readOnly autoComplete="username" /></label>
          <label className={styles.field}>密码<input name="password" type="password" autoComplete="current-password" required autoFocus /></label>
          {fault && <div className={styles.fault} role="alert">{fault}</div>}
          <div className={styles.actions}>
            <Button main type="submit" disabled={busy}>{busy ? '正在登录…' : '继续'}</Button>
            <Button onClick={() => { loginAnswered(false); leave(); }}>退出</Button>
          </div>
        </form>
      </div>
    </div>
  );
}
