import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

export const RESULTS = 'test-results';
const PATIENCE = 15_000;

const devices = {
  desk: { viewport: { width: 1366, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

/** Asks again until it is so; tells what was waited for when it never is. */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      last = await ask();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`没有等到：${what}（最后得到 ${last instanceof Error ? last.message : JSON.stringify(last)}）`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** The people of one journey, each in a browser of their own. */
export class World {
  #people = new Map();
  #contexts = [];

  constructor(browser, url, password, journey) {
    Object.assign(this, { browser, url, password, journey, faults: [] });
  }

  /** A visitor without a login. */
  async visitor(device = 'desk') {
    const context = await this.browser.newContext({ ...devices[device], locale: 'zh-CN', timezoneId: 'Asia/Shanghai', baseURL: this.url });
    this.#contexts.push(context);
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.faults.push(`${page.url()}：${error.message}`));
    page.on('dialog', (dialog) => {
      this.faults.push(`${page.url()} 弹出了「${dialog.message()}」`);
      void dialog.dismiss();
    });
    this.#people.set(`${this.#people.size}`, page);
    return page;
  }

  /** A person at work in a unit, logged in through the login page; the same browser when asked again. */
  async enter(login, tenant, device = 'desk', password = this.password) {
    const key = `${login}@${tenant}/${device}`;
    const known = this.#people.get(key);
    if (known) return known;
    const page = await this.visitor(device);
    const root = device === 'phone' ? '/m' : '';
    const next = device === 'phone' ? `/t/${tenant}` : `/t/${tenant}`;
    await page.goto(`${root}/login?next=${encodeURIComponent(next)}`);
    await page.getByLabel('账号').fill(login);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.waitForURL(`**/t/${tenant}`);
    this.#people.set(key, page);
    return page;
  }

  /** Saves what a person sees. */
  async picture(page, name, options = {}) {
    await mkdir(RESULTS, { recursive: true });
    await page.screenshot({ path: options.path ?? join(RESULTS, `${this.journey}-${name}.png`), animations: 'disabled', ...options });
  }

  /** Saves what everybody saw when it went wrong. */
  async pictures(name) {
    let number = 0;
    for (const page of new Set(this.#people.values())) {
      number += 1;
      if (!page.isClosed()) await this.picture(page, `${name}-${number}`).catch(() => undefined);
    }
  }

  async close() {
    await Promise.all(this.#contexts.map((context) => context.close()));
    this.#contexts = [];
    this.#people.clear();
  }
}
