import { AxeBuilder } from '@axe-core/playwright';
import { findByTitle, press } from './desk.mjs';
import { submitOnPhone } from './phone.mjs';
import { until } from './world.mjs';

export const title = '每个页面有内容之后：无障碍检查零问题，不横向溢出，没有露出代码';

const report = {
  title: '关于加强城区内涝预警的建议', problem: '七月两场暴雨，柳巷下穿通道积水最深一米二，预警信息比积水晚到四十分钟。', cause: '水位计没有接入预警平台。',
  advice: '由城管部门把水位计接入平台，积水三十厘米即封闭通道。', category: '城乡建设',
};

/** Who looks at which pages of the desk. */
const desks = [
  ['xuwenjing', 'a1-zx', [
    '', 'inbox', 'desk', 'review', 'signed', 'all', 'mine', 'all?q=没有这样的稿件', 'reports/new', 'combine', 'clues', 'notices', 'boards/unit', 'boards/tree',
    'organisation', 'chains', 'nowhere',
  ]],
  ['linyue', 'a-zx', ['', 'inbox', 'boards/unit', 'boards/tree']],
  ['linyue', 'a-zx', ['clues', 'materials', 'proposals', 'calendar', 'visits', 'visits?view=log', 'points']],
  ['zhaomingyuan', 'a-zx', ['', 'boards/tree?period=2026-10']],
  ['zhoumin', 'a1-zx', ['', 'mine']],
  ['guanshuming', 'a-zx', ['', 'members', 'organisation', 'chains']],
  ['anlizhi', 'a-zx', ['roles', 'members']],
  ['shenjing', 'a-zx', ['audit']],
  ['luoyiming', 'platform', ['', 'platform/tenants', 'platform/lines']],
];

/** Codes that only the program should read; each would stand there as a word of its own. */
const codes = /(?:^|[\s（(：:])(?:taken_up|submitted|editing|reviewing|signed|declined|single|combined|relayed|undefined|null|NaN|\[object Object\]|own_[a-z]+|tree_[a-z]+|[a-z]+:[a-z]+|report\.[a-z_]+)(?=$|[\s，。；）)])/;

class Inspection {
  found = [];
  seen = 0;

  constructor(world) {
    this.world = world;
  }

  /** Looks at the page that is open, once its content has come. */
  async look(page, name) {
    await until(`${name} 的内容`, async () => {
      const text = await page.locator('body').innerText();
      return text.trim().length > 8 && (await page.locator('[aria-busy=true], .ant-spin-spinning').count()) === 0;
    });
    await until(`${name} 的对话框可见`, () => page.evaluate(() => [...document.querySelectorAll('[role=dialog]')].every((one) => getComputedStyle(one).opacity === '1')));
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const one of violations) {
      this.found.push(`${name}：${one.id}（${one.help}）${one.nodes.slice(0, 3).map((node) => `\n    ${node.target.join(' ')}  ${node.html.slice(0, 140)}  ${node.any[0]?.message ?? ''}`).join('')}`);
    }
    const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
    if (wide > 0) this.found.push(`${name}：横向溢出 ${wide} 像素`);
    const raw = codes.exec(await page.locator('body').innerText());
    if (raw) this.found.push(`${name}：露出代码「${raw[0].trim()}」`);
    await this.world.picture(page, name.replace(/[^\w\u4e00-\u9fff-]+/g, '_'), { fullPage: true });
    this.seen += 1;
  }
}

/** Some people have asked their machine for less motion; nothing may wait for a motion to end. */
async function calm(page) {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  return page;
}

async function lookAtDesk(world, inspection) {
  const visitor = await calm(await world.visitor());
  await visitor.goto('/login');
  await inspection.look(visitor, 'desk-login');
  for (const [login, tenant, paths] of desks) {
    const page = await calm(await world.enter(login, tenant));
    for (const path of paths) {
      await page.goto(`/t/${tenant}/${path}`);
      await page.locator('#main h1, #main [class*=state]').first().waitFor();
      await inspection.look(page, `desk-${login}-${path || 'work'}`);
    }
  }
  const several = await calm(await world.enter('shenruolan', 'a1-zx'));
  await several.goto('/');
  await several.getByText('请选择现在要进入的单位').waitFor();
  await inspection.look(several, 'desk-chooser');
}

/** One report at its stations on the desk, with the dialogs of each. */
async function lookAtReport(world, inspection, id) {
  const editor = await calm(await world.enter('xuwenjing', 'a1-zx'));
  await findByTitle(editor, '收件箱', report.title);
  await editor.locator(`[data-row="${id}"]`).click();
  await inspection.look(editor, 'desk-quicklook');
  await editor.goto(`/t/a1-zx/reports/${id}`);
  await press(editor, '受理');
  await editor.locator('#main').getByRole('button', { name: '退回', exact: true }).click();
  await editor.getByRole('dialog').getByRole('radio').first().waitFor();
  await inspection.look(editor, 'desk-report-return');
  await editor.keyboard.press('Escape');
  await editor.getByRole('dialog').waitFor({ state: 'hidden' });
  await inspection.look(editor, 'desk-report');
  await editor.locator('#main').getByText('批注', { exact: true }).click();
  await editor.getByRole('button', { name: '写批注' }).click();
  await inspection.look(editor, 'desk-report-comments');
  await editor.goto(`/t/a1-zx/reports/${id}/split`);
  await editor.getByRole('region', { name: '原稿的句子' }).getByRole('button').first().click();
  await inspection.look(editor, 'desk-report-split');
  await editor.goto(`/t/a1-zx/reports/${id}/versions`);
  await editor.getByRole('heading', { name: '全部版本' }).waitFor();
  await inspection.look(editor, 'desk-report-versions');
  await editor.goto(`/t/a1-zx/reports/${id}`);
  await press(editor, '编辑');
  await editor.getByLabel('标题', { exact: true }).waitFor();
  await inspection.look(editor, 'desk-report-edit');
  await press(editor, '送审');
  await editor.getByText('正在审', { exact: true }).waitFor();
  await editor.goto('/t/a1-zx/signed');
  await editor.locator('[data-row] a').first().click();
  await editor.getByRole('heading', { name: '全程' }).waitFor();
  await inspection.look(editor, 'desk-report-signed');
  const forward = editor.locator('#main').getByRole('button', { name: '报送上级', exact: true });
  if (await forward.count()) {
    await forward.click();
    await editor.getByRole('dialog').getByText('本年已报').first().waitFor();
    await inspection.look(editor, 'desk-report-forward');
  }
}

async function lookAtPhone(world, inspection, id) {
  const visitor = await calm(await world.visitor('phone'));
  await visitor.goto('/m/login');
  await inspection.look(visitor, 'phone-login');
  const author = await calm(await world.enter('zhoumin', 'a1-zx', 'phone'));
  for (const [path, name] of [['', 'home'], ['/reports/new', 'write'], ['/notices', 'notices'], ['/mine', 'mine'], [`/reports/${id}`, 'report']]) {
    await author.goto(`/m/t/a1-zx${path}`);
    await author.locator('h1').first().waitFor();
    await inspection.look(author, `phone-${name}`);
  }
  const reviewer = await calm(await world.enter('xuwenjing', 'a1-zx', 'phone'));
  await reviewer.goto('/m/t/a1-zx/review');
  await reviewer.getByText(report.title).first().waitFor();
  await inspection.look(reviewer, 'phone-review');
  await reviewer.getByText(report.title).first().click();
  await reviewer.getByRole('button', { name: /同意|签发/ }).first().waitFor();
  await inspection.look(reviewer, 'phone-reading');
  const leader = await calm(await world.enter('caolixin', 'a1-zx', 'phone'));
  await inspection.look(leader, 'phone-leader');
  const several = await calm(await world.enter('shenruolan', 'a-mm', 'phone'));
  await several.goto('/m/t/a-mm/mine');
  await several.getByText('切换单位').waitFor();
  await inspection.look(several, 'phone-units');
}

export default async function journey(world) {
  const inspection = new Inspection(world);
  const author = await calm(await world.enter('zhoumin', 'a1-zx', 'phone'));
  const id = await submitOnPhone(author, 'a1-zx', report);
  await lookAtReport(world, inspection, id);
  await lookAtPhone(world, inspection, id);
  await lookAtDesk(world, inspection);
  console.log(`      看了 ${inspection.seen} 个页面`);
  if (inspection.found.length) throw new Error(`${inspection.found.length} 处问题：\n${inspection.found.join('\n')}`);
}
