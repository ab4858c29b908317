import { box, findByTitle, main, press } from './desk.mjs';
import { submitOnPhone } from './phone.mjs';
import { until } from './world.mjs';

export const title = '两人反映同一件事：第二位受到提醒，收件箱标出相似，对照后关联；按 / 一搜就到';

const first = {
  title: '关于治理金岭河采砂场粉尘的建议',
  problem: '金岭河右岸两处采砂场昼夜作业，粉尘飘进对岸的柏树村，三百余户不敢开窗，村小学操场停用；运砂车每天二百多趟，压坏通村公路四公里，雨天泥浆横流。',
  cause: '采砂场没有喷淋和围挡，环保与水务部门各管一段，夜间无人检查。',
  advice: '责令加装喷淋围挡，限定作业和运输时间；由县里牵头联合检查，损坏的公路由企业修复。',
  category: '环境保护',
};
const again = {
  title: '柏树村受采砂场粉尘之苦亟待解决',
  problem: '柏树村村民反映，金岭河对岸采砂场日夜作业，粉尘大，三百余户不敢开窗，村小学操场停用，运砂车压坏通村公路，希望环保和水务部门联合检查。',
  cause: '采砂场没有喷淋围挡，夜间无人检查。', advice: '加装喷淋，限定运输时间，修复公路。', category: '环境保护',
};

/** Goes back to the page until the index, which follows a save within a second or two, shows it. */
async function eventually(page, what, locator) {
  await until(what, async () => {
    if (await locator.count()) return true;
    await page.reload();
    await locator.first().waitFor({ timeout: 2000 }).catch(() => undefined);
    return locator.count();
  });
}

export default async function journey(world) {
  const one = await world.enter('yangfan', 'a5-zx', 'phone');
  await submitOnPhone(one, 'a5-zx', first);

  const editor = await world.enter('lixiang', 'a5-zx');
  await search(world, editor);
  await warned(world);
  await judged(world, editor);
}

/** The office finds the report from anywhere, by two of its words. */
async function search(world, editor) {
  await editor.getByRole('link', { name: '工作台', exact: true }).first().click(); // a list would look in itself
  await editor.getByRole('button', { name: '撰写信息' }).first().waitFor();
  await editor.locator('body').press('/');
  await editor.waitForURL('**/search');
  await editor.getByLabel('搜索', { exact: true }).fill('采砂场 柏树村');
  await editor.getByLabel('搜索', { exact: true }).press('Enter');
  const hit = editor.getByRole('link', { name: first.title });
  await eventually(editor, '搜索到刚提交的信息', hit);
  await editor.locator('mark', { hasText: '柏树' }).first().waitFor();
  await world.picture(editor, 'search');
  await editor.setViewportSize({ width: 390, height: 844 });
  await world.picture(editor, 'search-narrow');
  await editor.setViewportSize({ width: 1366, height: 800 });
}

/** Another member writes of the same matter: he is warned, without the title of what he may not read. */
async function warned(world) {
  const page = await world.enter('xiezhiming', 'a5-zx');
  await page.goto('/t/a5-zx/reports/new');
  await page.getByLabel('标题', { exact: true }).fill(again.title);
  for (const [label, text] of [['情况反映', again.problem], ['原因分析', again.cause], ['对策建议', again.advice]]) await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByLabel('标题', { exact: true }).click();
  await page.getByRole('status').filter({ hasText: '相似的信息' }).waitFor({ timeout: 25_000 });
  await world.picture(page, 'warned');
  await page.getByLabel('分类', { exact: true }).fill('环境保护');
  await page.getByLabel('分类', { exact: true }).press('Enter');
  await press(page, '提交');
  await page.waitForURL(/\/reports\/[0-9a-f-]{36}$/);
}

/** The office sees the mark in its inbox, looks at both side by side, and links them. */
async function judged(world, editor) {
  await box(editor, '收件箱');
  const id = await findByTitle(editor, '收件箱', again.title);
  const mark = editor.locator(`[data-row="${id}"]`).getByText(/^(相似|近乎相同) \d+%$/);
  await eventually(editor, '收件箱里的相似标记', mark);
  await world.picture(editor, 'inbox');
  await mark.first().click();
  await main(editor).getByRole('heading', { level: 1, name: '对照' }).waitFor();
  await editor.locator('mark', { hasText: '三百余户不敢开窗' }).first().waitFor();
  await world.picture(editor, 'compare');
  await press(editor, '关联重复');
  await main(editor).getByText('已关联为重复').first().waitFor();
  await editor.goto(`/t/a5-zx/reports/${id}`);
  await editor.getByRole('complementary').getByText('已关联为重复').waitFor();
  await world.picture(editor, 'report');
}
