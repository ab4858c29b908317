import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { startPost } from './post.mjs';

const FILLING = 15 * 60_000;
const LEAVING = 30_000;

/** The browser of the machine; nothing is downloaded. */
export async function findBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) {
      const path = join(folder, name);
      if (await access(path).then(() => true, () => false)) return path;
    }
  }
  throw new Error('没有找到 Chromium，请先安装：apt-get install -y chromium');
}

/** Starts the demonstration on an empty data folder and waits until it says where it is; mails is the folder of its maildirs, post what it mailed. */
export async function startProgram(password) {
  const data = await mkdtemp(join(tmpdir(), 'shangda-journeys-'));
  const mails = await mkdtemp(join(tmpdir(), 'shangda-mails-'));
  const post = await startPost();
  // The private database runs as an unprivileged user when this runs as root.
  await chmod(data, 0o755);
  const binary = resolve(process.env.SHANGDA_BINARY ?? '../bin/shangda');
  // The program takes its own settings only, and none of whoever calls this.
  const others = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SHANGDA_')));
  const child = spawn(binary, ['demo'], {
    env: {
      ...others, SHANGDA_DATA: data, SHANGDA_MAILDIR: mails, SHANGDA_LISTEN: '127.0.0.1:0', SHANGDA_METRICS_LISTEN: 'off', SHANGDA_DEMO_PASSWORD: password, SHANGDA_LOG_LEVEL: 'warn',
      SHANGDA_SECRET_KEY: randomBytes(32).toString('hex'), SHANGDA_HOOK_INSIDE: 'yes', SHANGDA_SMTP_URL: `smtp://127.0.0.1:${post.port}?from=notice@example.com&tls=none`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((done) => child.once('exit', done));
      const late = setTimeout(() => child.kill('SIGKILL'), LEAVING);
      child.kill('SIGINT');
      await gone;
      clearTimeout(late);
    }
    post.close();
    for (const folder of [data, mails]) await rm(folder, { recursive: true, force: true });
  };
  try {
    return { url: await welcomed(child, binary), mails, post, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address in the welcome. */
function welcomed(child, binary) {
  return new Promise((done, fail) => {
    let said = '';
    const late = setTimeout(() => fail(new Error(`演示在 ${FILLING / 60_000} 分钟内没有启动：\n${said}`)), FILLING);
    const hear = (part) => {
      said += part;
      const found = /已启动.*?(http:\/\/[\d.]+:\d+)/.exec(said);
      if (!found) return;
      clearTimeout(late);
      done(found[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', (part) => { said += part; });
    child.once('error', (error) => fail(new Error(`${binary} 不能运行：${error.message}`)));
    child.once('exit', (code) => fail(new Error(`${binary} demo 以 ${code} 结束：\n${said}`)));
  });
}
