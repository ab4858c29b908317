import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { onPublicComputer, setPublicComputer } from '@/lib/drafts';
import { sentence } from '@/lib/errors';
import { logIn } from '../api/session';
import styles from './login.module.css';
import { Logo } from './Logo';

/** Where to go after the login: only a path of this site. */
function nextPath(asked: string | null): string {
  return asked && /^\/(?![/\\])/.test(asked) ? asked : '/';
}

export default function LoginPage() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [params] = useSearchParams();
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
      const account = await logIn(String(form.get('login')).trim(), String(form.get('password')));
      // What another person had fetched on this page is not for this one.
      client.clear();
      const only = account.tenants.length === 1 ? account.tenants[0] : undefined;
      const next = nextPath(params.get('next'));
      navigate(next === '/' && only ? `/t/${only.code}` : next, { replace: true });
    } catch (error) {
      setFault(sentence(error));
      setBusy(false);
    }
  };
  return (
    <main className={styles.page}>
      <section className={styles.brand}>
        <div className={styles.logo}><Logo />上达</div>
        <div className={styles.slogan}>
          <h1>民意直达，<br />件件有着落</h1>
          <p>社情民意信息的撰写、编审、报送、采用与反馈，一个稿件一条线，走到哪里都看得见。</p>
          <div className={styles.way}><span>县级</span><i /><span>市级</span><i /><span>省级</span><i /><span>全国</span></div>
        </div>
        <div className={styles.notice}>本系统为非涉密系统。如涉及保密内容，请提交纸质版材料。</div>
      </section>
      <section className={styles.side}>
        <form className={styles.form} onSubmit={submit}>
          <h2>登录</h2>
          <p>请使用本单位管理员分配的账号</p>
          <label className={styles.field}>
            账号
            <input name="login" autoComplete="username" required autoFocus spellCheck={false} />
          </label>
          <div className={styles.field}>
            <label htmlFor="password">密码</label>
            <div className={styles.password}>
              <input id="password" name="password" type={shown ? 'text' : 'password'} autoComplete="current-password" required />
              <button type="button" className={styles.show} aria-pressed={shown} onClick={() => setShown(!shown)}>
                {shown ? '隐藏' : '显示'}
              </button>
            </div>
          </div>
          <label className={styles.check}>
            <input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} />
            公用电脑，草稿不在本机保存
          </label>
          {fault && <div className={styles.fault} role="alert">{fault}</div>}
          <button className={styles.submit} type="submit" disabled={busy}>{busy ? '正在登录…' : '登录'}</button>
          <p className={styles.foot}>用手机撰写和查看反馈？打开 <a href="/m">手机版</a></p>
        </form>
      </section>
    </main>
  );
}
