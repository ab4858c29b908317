import { adopt, findByTitle, main, openFrom } from './desk.mjs';
import { sentUp, signedAbove } from './ways.mjs';
import { until } from './world.mjs';

export const title = '采用的同时，区里和市里打开着的看板自己上涨；点开数字就是那么多篇';

const report = {
  title: '关于规范网约护理服务的建议',
  problem: '湖滨区今年有一千一百余人次通过网络平台预约上门护理，投诉四十三件，集中在资质不明、收费不一和出现意外后无人负责。',
  cause: '平台只核对执业证号，不核对执业地点；项目没有指导价；意外险由护士自愿购买。',
  advice: '由卫生健康部门公布可上门的项目和指导价，要求平台逐单核验执业信息，并由平台统一投保。',
  category: '卫生健康',
};
const PATIENCE = 8_000;

/** A key figure of the board: adopted in 篇 and in 篇次. */
async function adopted(page) {
  const card = main(page).locator('div', { has: page.getByText('采用', { exact: true }) }).filter({ hasText: '各级单位采用' }).last();
  const text = (await card.innerText()).replace(/[\s\u202f\u2009,]/g, '');
  const found = /(\d+)篇(?!次)(\d+)篇次/.exec(text);
  if (!found) throw new Error(`看板上没有采用数：${text}`);
  return { reports: Number(found[1]), times: Number(found[2]) };
}

async function open(page, path) {
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: path }).click();
  await main(page).getByText('各级单位采用').first().waitFor();
  return adopted(page);
}

export default async function journey(world) {
  const { id } = await sentUp(world, { author: 'tangwei', editor: 'xuwenjing', tenant: 'a1-zx', report, to: ['政协临江市委员会'] });
  const editor = await world.enter('linyue', 'a-zx');
  const cityId = await findByTitle(editor, '收件箱', report.title);
  await signedAbove(world, editor, 'a-zx', cityId);

  const boards = [
    { page: await world.enter('caolixin', 'a1-zx'), path: '本单位看板' },
    { page: await world.enter('zhaomingyuan', 'a-zx'), path: '所属单位看板' },
  ];
  for (const board of boards) {
    board.before = await open(board.page, board.path);
    await board.page.evaluate(() => { window.untouched = true; });
  }
  const adopter = await world.enter('yehongmei', 'a-zx');
  await openFrom(adopter, '已签发', cityId);
  await adopt(adopter);
  const clicked = Date.now();
  for (const { page, path, before } of boards) {
    await until(`${path}的采用数上涨`, async () => {
      const now = await adopted(page);
      return now.reports === before.reports + 1 && now.times === before.times + 1;
    }, PATIENCE);
    console.log(`      ${path}：采用 ${before.reports} → ${before.reports + 1} 篇，采用后 ${Date.now() - clicked} 毫秒，未刷新`);
    if (!(await page.evaluate(() => window.untouched))) throw new Error(`${path}被刷新了`);
    await world.picture(page, path === '本单位看板' ? 'unit' : 'tree', { fullPage: true });
  }
  await opens(world, boards[0].page, boards[0].before.reports + 1, id);
}

/** The figure opens the list of exactly what it counts. */
async function opens(world, page, reports, id) {
  await main(page).getByRole('link', { name: `${reports}篇`, exact: true }).first().click();
  await page.waitForURL('**/all?**');
  await page.locator('[data-row]').first().waitFor();
  const more = page.getByRole('button', { name: '加载更多' });
  for (;;) {
    const shown = await page.locator('[data-row]').count();
    if (!(await more.count())) break;
    await more.click();
    await until('更多稿件', async () => (await page.locator('[data-row]').count()) > shown);
  }
  const rows = await page.locator('[data-row]').count();
  if (rows !== reports) throw new Error(`看板说采用 ${reports} 篇，点开是 ${rows} 篇`);
  await page.locator(`[data-row="${id}"]`).waitFor();
  await world.picture(page, 'list');
}
