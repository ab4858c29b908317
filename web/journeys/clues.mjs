import { confirm, main, press } from './desk.mjs';
import { until } from './world.mjs';

export const title = '线索：登记、领取、讨论、定题，两条合并成稿，互相看得见；大会发言一键转稿，稿件转为提案草稿';

const first = '老旧小区加装电梯推进慢';
const second = '电梯加装后维护没人管';
const topic = '关于完善老旧小区电梯加装与后续维护的建议';

/** Enters a clue through the dialog; on behalf of somebody, and from a chat, where that is said. */
async function enter(page, title, body, more = async () => undefined) {
  await main(page).getByRole('button', { name: '登记线索' }).click();
  const dialog = page.getByRole('dialog', { name: '登记线索' });
  await dialog.getByLabel('标题').fill(title);
  await dialog.getByLabel('内容', { exact: true }).fill(body);
  await more(dialog);
  await confirm(page, /^登记$/);
  await main(page).getByRole('heading', { level: 2, name: title }).waitFor();
}

export default async function journey(world) {
  const editor = await world.enter('linyue', 'a-zx');
  const head = await world.enter('yehongmei', 'a-zx');
  await editor.goto('/t/a-zx/clues');
  await enter(editor, first, '六层以上住户意见统一难，低层担心采光，启动三年只装了两部。');
  await enter(editor, second, '维保费用按户分摊，空置户不交，停运四十天。', async (dialog) => {
    await dialog.getByLabel('代他人登记').check();
    await dialog.getByLabel('或填写反映人姓名').fill('王秀英');
    await dialog.getByLabel('联系方式').fill('13800001234');
    await dialog.getByLabel('内容转自聊天、网页、报刊或电话').check();
    await dialog.getByLabel('群名、网站或报刊名').fill('南湖社区议事群');
  });
  await main(editor).getByText('聊天群 · 南湖社区议事群').waitFor();
  await editor.locator('[data-row]', { hasText: second }).getByText('138****1234').waitFor();

  await editor.locator('[data-row]', { hasText: first }).getByRole('button').click();
  await main(editor).getByRole('heading', { name: first }).waitFor();
  await press(editor, '领取');
  await main(editor).getByLabel('发言').fill('两条说的是一件事，可以合写');
  await press(editor, '发言');
  await main(editor).getByText('两条说的是一件事，可以合写').waitFor();
  await decide(head);
  await main(editor).getByText(`《${topic}》`).waitFor();
  await world.picture(editor, 'pool');

  for (const one of [first, second]) await main(editor).getByLabel(`选中：${one}`).check();
  await press(editor, '合并为一篇稿件');
  await confirm(editor, /^合并$/);
  await editor.waitForURL('**/reports/*/edit');
  const report = /reports\/([^/]+)\/edit/.exec(editor.url())[1];
  await editor.goto(`/t/a-zx/reports/${report}`);
  await main(editor).getByRole('heading', { level: 1, name: topic }).waitFor();
  await main(editor).getByText('来源线索（2）').waitFor();
  await main(editor).getByRole('link', { name: second }).click();
  await main(editor).getByRole('link', { name: topic }).waitFor();

  await convert(world, editor);
  await propose(world, editor, report);
  await narrow(world, editor);
}

/** The head of the office decides, and sees who has the clue. */
async function decide(head) {
  await head.goto('/t/a-zx/clues');
  await head.locator('[data-row]', { hasText: first }).getByText('林悦').waitFor();
  await head.locator('[data-row]', { hasText: first }).getByRole('button').click();
  await main(head).getByText('两条说的是一件事，可以合写').waitFor();
  await press(head, '定题');
  const dialog = head.getByRole('dialog');
  await dialog.getByLabel('选题').fill(topic);
  await dialog.getByLabel('角度').fill('从加装到维护，一并建议');
  await dialog.getByLabel('撰写人').fill('林悦');
  await head.locator('.ant-select-item-option', { hasText: '林悦' }).first().click();
  await confirm(head, /^确定$/);
}

/** A speech at the plenary becomes a report with one click; the page of material counts it. */
async function convert(world, editor) {
  await editor.goto('/t/a-zx/materials');
  await editor.locator('[data-row]', { hasText: '推动养老机构与医院转诊衔接' }).getByRole('button').click();
  await press(editor, '转为稿件');
  await editor.waitForURL('**/reports/*/edit');
  await until('草稿的标题', async () => (await editor.getByLabel('标题', { exact: true }).inputValue()) === '推动养老机构与医院转诊衔接');
  await editor.goto('/t/a-zx/materials');
  await main(editor).getByRole('button', { name: /大会发言.*成稿 1/ }).waitFor();
  await main(editor).getByText('储备', { exact: true }).first().click();
  await editor.locator('[data-row]', { hasText: '小微企业反映贷款续期手续多' }).waitFor();
  await world.picture(editor, 'materials');
}

/** A report becomes the draft of a proposal, which knows where it came from. */
async function propose(world, editor, report) {
  await editor.goto(`/t/a-zx/reports/${report}`);
  await press(editor, '转为提案草稿');
  await editor.waitForURL('**/proposals?id=*');
  await until('案由', async () => (await editor.getByLabel('案由').inputValue()) === topic);
  await editor.getByLabel('建议').fill('建立电梯维护基金，空置户由产权人预交。');
  await press(editor, '保存');
  await editor.getByText('已保存').first().waitFor();
  await world.picture(editor, 'proposal');
  await main(editor).getByRole('link', { name: '查看来源稿件' }).click();
  await editor.waitForURL(`**/reports/${report}`);
  await main(editor).getByRole('link', { name: topic }).waitFor();
}

async function narrow(world, editor) {
  await editor.setViewportSize({ width: 390, height: 844 });
  for (const page of ['clues', 'materials', 'proposals']) {
    await editor.goto(`/t/a-zx/${page}`);
    await main(editor).getByRole('heading', { level: 1 }).waitFor();
    await until(`${page} 不横向溢出`, () => editor.evaluate(() => document.scrollingElement.scrollWidth <= window.innerWidth));
    await world.picture(editor, `narrow-${page}`);
  }
}
