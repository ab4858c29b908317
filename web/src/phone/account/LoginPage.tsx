import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { logIn } from '@/features/session/api/session';
import { onPublicComputer, setPublicComputer } from '@/lib/drafts';
import { sentence } from '@/lib/errors';
import { go, usePlace } from '../frame/router';
import styles from './account.module.css';
import { nextPath } from './lastUnit';

/** The password, and whether this device is shared. */
export function LoginPage() {
  const client = useQueryClient();
  const { search } = usePlace();
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);
  const [shared, setShared] = useState(onPublicComputer);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFault('');
    try {
      await setPublicComputer(shared).catch(() => undefined);
      await logIn(String(form.get('login')).trim(), String(form.get('password')));
      client.clear();
      go(nextPath(new URLSearchParams(search).get('next')), { replace: true });
    } catch (error) {
      setFault(sentence(error));
      setBusy(false);
    }
  };
  return (
    <main className={styles.login}>
      <header className={styles.brand}>
        <Mark />
        <h1>上达</h1>
        <p>社情民意信息平台</p>
      </header>
      <form className={styles.form} onSubmit={submit}>
        <label className={styles.field}>
          账号
          <input name="login" autoComplete="username" autoCapitalize="none" autoCorrect="off" spellCheck={false} required />
        </label>
        <div className={styles.field}>
          <label htmlFor="password">密码</label>
          <div className={styles.password}>
            <input id="password" name="password" type={shown ? 'text' : 'password'} autoComplete="current-password" required />
            <button type="button" aria-pressed={shown} aria-label="显示密码" onClick={() => setShown(!shown)}>{shown ? '隐藏' : '显示'}</button>
          </div>
        </div>
        <label className={styles.check}>
          <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
          公用设备，不在本机存草稿
        </label>
        {fault && <div className={styles.fault} role="alert">{fault}</div>}
        <button className={styles.enter} type="submit" disabled={busy}>{busy ? '正在登录…' : '登录'}</button>
      </form>
      <p className={styles.notice}>本系统为非涉密系统。如涉及保密内容，请提交纸质版材料。</p>
    </main>
  );
}

function Mark() {
  return (
    <svg width="56" height="56" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#b3171b" />
      <path d="M16 6l7 8h-4.4v11h-5.2V14H9z" fill="#fff" />
    </svg>
  );
}
