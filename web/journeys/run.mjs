/**
 * The browser journeys: the real program with the demonstration country, a real browser, real people's steps.
 * `npm run journeys` runs all of them, `npm run journeys -- main` those whose name contains the word. SHANGDA_BINARY names the
 * program; SHANGDA_URL goes to one that runs already, with SHANGDA_DEMO_PASSWORD and the SHANGDA_MAILDIR it was started with. With `--readme` the picture of the README is
 * taken anew.
 */
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { findBrowser, startProgram } from './program.mjs';
import { RESULTS, World } from './world.mjs';

// Two journeys run side by side: those of a lane share units and run one after the other.
const LANES = [
  ['main', 'combine', 'returned', 'neighbour', 'boards', 'opened', 'input', 'clues', 'points', 'ledger', 'approval', 'issue', 'handling', 'lines'],
  ['looks', 'finding', 'imports', 'quality', 'writing', 'checks', 'feedback'],
];
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

const password = process.env.SHANGDA_DEMO_PASSWORD ?? 'journeys-password';
const forReadme = process.argv.includes('--readme');
const wanted = process.argv.slice(2).filter((word) => word !== '--readme');
const lanes = LANES.map((lane) => lane.filter((name) => !wanted.length || wanted.some((word) => name.includes(word))));

async function runOne(browser, { url, mails, post }, name) {
  const { title, default: journey } = await import(`./${name}.mjs`);
  const world = new World(browser, url, password, name);
  world.forReadme = forReadme;
  world.mails = mails;
  world.post = post;
  const started = Date.now();
  try {
    await journey(world);
    if (world.faults.length) throw new Error(`页面出错：\n${world.faults.join('\n')}`);
    console.log(`通过  ${title}（${((Date.now() - started) / 1000).toFixed(1)} 秒）`);
    return true;
  } catch (error) {
    await world.pictures('failed');
    console.error(`失败  ${title}（${((Date.now() - started) / 1000).toFixed(1)} 秒）\n${error.stack}`);
    return false;
  } finally {
    await world.close();
  }
}

async function all() {
  const executablePath = await findBrowser();
  await mkdir(RESULTS, { recursive: true });
  const program = process.env.SHANGDA_URL ? { url: process.env.SHANGDA_URL, mails: process.env.SHANGDA_MAILDIR, stop: async () => undefined } : await startProgram(password);
  console.log(`程序已启动：${program.url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void program.stop().then(() => process.exit(1)));
  const results = [];
  try {
    const browser = await chromium.launch({ executablePath, args: flags });
    await Promise.all(lanes.map(async (names) => {
      for (const name of names) results.push(await runOne(browser, program, name));
    }));
    await browser.close();
  } finally {
    await program.stop();
  }
  const failed = results.filter((good) => !good).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed === 0;
}

all().then(
  (good) => process.exit(good ? 0 : 1),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);
