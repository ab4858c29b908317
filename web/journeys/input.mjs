import { box, decide, main, openFrom, press, takeUp } from './desk.mjs';
import { submitOnPhone } from './phone.mjs';
import { until } from './world.mjs';

export const title = '脚本只是文字；同时修改两处都留住；关掉页面草稿还在；假图片被拒绝';

const script = (no) => `<script>window.hit=${no}</script><img src=x onerror="window.hit=${no};alert(${no})">`;

/** Whatever was typed is shown as it was typed, and nothing of it ran. */
async function harmless(page, what) {
  await page.getByText(what, { exact: false }).first().waitFor();
  if (await page.evaluate(() => window.hit)) throw new Error('页面执行了输入的脚本');
  if (await page.locator('img[src="x"]').count()) throw new Error('页面里出现了输入的标签');
}

async function scripts(world) {
  const author = await world.enter('qianguoliang', 'a1-zx', 'phone');
  const id = await submitOnPhone(author, 'a1-zx', {
    title: `关于${script(1)}的建议`, problem: `情况${script(2)}`, cause: `原因${script(3)}`, advice: `建议${script(4)}`, category: '民政',
  });
  for (const no of [1, 2, 3, 4]) await harmless(author, script(no));
  const editor = await world.enter('xuwenjing', 'a1-zx');
  await box(editor, '收件箱');
  await harmless(editor, script(1));
  await takeUp(editor, id);
  for (const no of [1, 2, 3, 4]) await harmless(editor, script(no));
  await world.picture(editor, 'script');
  await decide(editor, '退回', `请删去${script(5)}`);
  await harmless(editor, script(5));
  await harmless(author, script(5));
  await author.goto('/m/t/a1-zx/notices');
  await author.getByText('window.hit').first().waitFor();
  if (await author.evaluate(() => window.hit)) throw new Error('消息页执行了输入的脚本');
}

async function conflict(world) {
  const author = await world.enter('tangwei', 'a1-zx', 'phone');
  const id = await submitOnPhone(author, 'a1-zx', {
    title: '关于规范共享雨伞投放的建议', problem: '望湖街道投放共享雨伞八百把，三个月后完好的不足两百把。', cause: '投放后无人维护。', advice: '由街道约定运维责任。', category: '城乡建设',
  });
  const one = await world.enter('xuwenjing', 'a1-zx');
  await takeUp(one, id);
  const two = await world.enter('lujianping', 'a1-zx');
  await openFrom(two, '在办稿件', id);
  for (const page of [one, two]) {
    await press(page, '编辑');
    await page.getByLabel('标题', { exact: true }).waitFor();
  }
  await one.getByLabel('情况反映', { exact: true }).fill('望湖街道今年四月投放共享雨伞八百把，七月清点完好的一百七十三把。');
  await one.getByLabel('标题', { exact: true }).click();
  await one.getByText(/已保存/).waitFor();
  await two.getByLabel('对策建议', { exact: true }).fill('由街道与投放企业约定运维责任，按季度公布完好率。');
  await two.getByLabel('标题', { exact: true }).click();
  // Who saves second keeps both: changes at different places need no question (the journey "writing" asks one).
  await two.getByText('已并入他人同时所作的修改').waitFor();
  await world.picture(two, 'conflict');
  await two.getByText(/已保存/).waitFor();
  await press(two, '完成');
  for (const part of ['一百七十三把', '按季度公布完好率']) await main(two).locator('article').getByText(part).first().waitFor();
}

async function closedTab(world) {
  const first = await world.enter('shenruolan', 'a1-zx');
  await press(first, '撰写信息').catch(() => first.getByRole('button', { name: '撰写信息' }).first().click());
  const words = `课后服务时段校门口家长车辆排队六百米，${Date.now()}`;
  await first.getByLabel('情况反映', { exact: true }).fill(words);
  await first.getByText('已存在本机').waitFor();
  await first.close();
  const again = await first.context().newPage();
  await again.goto('/t/a1-zx/reports/new');
  await until('关掉页面后草稿还在', async () => (await again.getByLabel('情况反映', { exact: true }).inputValue()) === words);
  await again.getByLabel('标题', { exact: true }).fill('关于错峰接送学生的建议');
  await again.getByLabel('情况反映', { exact: true }).click();
  await again.getByText(/已保存/).waitFor();
  await again.waitForURL(/\/reports\/[0-9a-f-]{36}\/edit$/);
  await falsePicture(world, again);
  await again.close();
}

/** A text that calls itself a picture. */
async function falsePicture(world, page) {
  const file = { name: '现场.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('这不是图片，是一段文字。') };
  await page.locator('input[type=file]').setInputFiles(file);
  const fault = page.getByRole('listitem').filter({ hasText: '现场.jpg' }).getByRole('alert');
  await fault.waitFor();
  console.log(`      表单里的提示：${(await fault.innerText()).trim()}`);
  await world.picture(page, 'false-picture');
}

export default async function journey(world) {
  await scripts(world);
  await conflict(world);
  await closedTab(world);
}
