import { choose, confirm, findByTitle, main, openFrom, press, stands, takeUp } from './desk.mjs';
import { submitOnPhone } from './phone.mjs';
import { until } from './world.mjs';

export const title = '照模板改成自己的流程并试走；会签、加签、委托代签、票签，主席在手机上走绿色通道先签发，缺的签署事后补齐';

const unit = 'a-zx';
const flow = '民政急件会签票决';
const report = {
  title: '关于做好低温雨雪天气独居老人救助的建议', problem: '寒潮将至，全市一千二百名独居老人取暖设备不足，已有三个社区反映用电负荷跳闸。', cause: '巡访人员不足，电路老化。',
  advice: '立即开放社区取暖点，民政部门会同供电公司逐户检查。', category: '民政', urgency: '紧急',
};
const edited = '立即开放社区取暖点，民政部门会同供电公司三日内逐户检查用电安全。';

/** The section of the report that shows its reviews. */
const panel = (page) => main(page).locator('section', { has: page.getByRole('heading', { name: '审签', exact: true }) });

/** Picks people or fields from a list in a form, by typing. */
async function pick(page, within, label, ...words) {
  const box = within.getByRole('combobox', { name: label });
  const field = box.locator('xpath=ancestor::label');
  for (const word of words) {
    await until(`选中「${word}」`, async () => {
      if ((await field.innerText()).includes(word)) return true;
      await box.fill(word);
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: word }).last().click({ timeout: 3000 });
      return false;
    });
  }
  await page.locator('.ant-modal-title, #main h1').last().click(); // a list of several stays open over what is below
}

/** The head of the system copies the shipped green channel and makes it the unit's own; a sample shows its way. */
async function drawFlow(world) {
  const page = await world.enter('guanshuming', unit);
  await page.goto(`/t/${unit}/chains`);
  await main(page).getByRole('list', { name: '流程图：绿色通道' }).locator('xpath=..').getByRole('button', { name: '照此新建' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('流程名称').fill(flow);
  await pick(page, dialog, '流程的分类条件', '民政');
  const step = dialog.getByRole('group', { name: '第 1 个环节' });
  await step.getByLabel('环节名称').fill('会签');
  await step.getByText('指定人员').click();
  await pick(page, step, '人员', '叶红梅', '董卫平');
  await choose(page, step, /^签署方式/, '会签');
  await dialog.getByRole('button', { name: '在后面增加环节' }).click();
  const vote = dialog.getByRole('group', { name: '第 2 个环节' });
  await vote.getByLabel('环节名称').fill('主席会议表决');
  await vote.getByText('指定人员').click();
  await pick(page, vote, '人员', '邵建国', '钟丽萍', '林悦');
  await choose(page, vote, /^签署方式/, '票签');
  await vote.getByLabel('同意比例').fill('60');
  const sample = dialog.getByRole('region', { name: '试一试' });
  await choose(page, sample, '紧急程度', '特急');
  const way = sample.getByRole('list', { name: `流程“${flow}”` });
  await way.getByText('票签 ≥60%').waitFor();
  await way.getByText('钟丽萍').last().waitFor();
  await world.picture(page, 'editor', { fullPage: true });
  await confirm(page, /^保存$/);
  await main(page).getByRole('list', { name: `流程图：${flow}` }).getByText('票签 ≥60%').first().waitFor();
  await world.picture(page, 'flows');
}

/** Opens the report from the box of what waits. */
async function open(world, login, id) {
  const page = await world.enter(login, unit);
  await openFrom(page, '待我审签', id);
  return page;
}

async function approve(page) {
  await press(page, '审签');
  await confirm(page, /^(审核同意|签发)$/);
}

/** The two of the first step sign in any order: one changes the text, one asks somebody to sign after. */
async function together(world, editor, id) {
  const first = await open(world, 'yehongmei', id);
  await press(first, '审签');
  const dialog = first.getByRole('dialog');
  await dialog.getByText('在本环节修改文稿').click();
  await dialog.getByLabel('对策建议').fill(edited);
  await confirm(first, /^审核同意$/);
  const second = await open(world, 'dongweiping', id);
  await second.locator('ins', { hasText: '三日内' }).first().waitFor();
  await world.picture(second, 'changes', { fullPage: true });
  await press(second, '加签');
  await pick(second, second.getByRole('dialog'), '加签人', '邵建国');
  await second.getByRole('dialog').getByText('我之后').click();
  await confirm(second, /^加签$/);
  await approve(second);
  await until('轮到加签的环节', async () => /加签.*正在审/s.test(await panel(editor).innerText()));
}

/** Who was added is away: his deputy signs for him, both names stand there. */
async function standIn(world, editor, id) {
  const away = await world.enter('shaojianguo', unit);
  await away.goto(`/t/${unit}/delegations`);
  await pick(away, main(away), '委托给', '董卫平');
  const end = main(away).locator('.ant-picker-input input').nth(1);
  await end.click();
  const tomorrow = new Date(Date.now() + (24 + 8) * 3_600_000).toISOString();
  await end.fill(`${tomorrow.slice(0, 10)} ${tomorrow.slice(11, 16)}`);
  await end.press('Enter');
  await main(away).getByLabel('事由').fill('赴省里参加会议');
  await press(away, '委托');
  await main(away).getByText('生效中').waitFor();
  await world.picture(away, 'delegation');
  const deputy = await open(world, 'dongweiping', id);
  await approve(deputy);
  await panel(editor).getByText('董卫平（代邵建国）').waitFor();
}

/** Some of those who vote say yes, which does not suffice; the chairman releases it on the phone, before all signatures. */
async function release(world, editor, id) {
  const no = await open(world, 'zhongliping', id);
  await press(no, '审签');
  await no.getByRole('dialog').getByText('不同意', { exact: true }).click();
  await no.getByRole('dialog').locator('textarea').first().fill('建议先核实户数。');
  await confirm(no, /^不同意$/);
  const chair = await world.enter('zhaomingyuan', unit, 'phone');
  await chair.goto(`/m/t/${unit}/review/${id}`);
  await chair.getByRole('button', { name: '更多' }).click();
  await chair.getByRole('button', { name: '绿色通道：先签发后补签' }).click();
  await chair.getByLabel('理由（必填）').fill('寒潮今夜到达，先行签发报送。');
  await world.picture(chair, 'phone-release');
  await chair.getByRole('button', { name: '确定' }).click();
  await chair.getByText('已走绿色通道签发').waitFor();
  await panel(editor).getByText('绿色通道签发，还缺 2 个签署').waitFor();
  await stands(editor, '已签发');
  await world.picture(editor, 'released', { fullPage: true });
}

/** What is missing is signed afterwards, by the deputy too, until nothing is. */
async function afterwards(world, editor, id) {
  for (const login of ['linyue', 'dongweiping', 'zhongliping']) {
    const page = await open(world, login, id);
    await page.getByRole('button', { name: '补签' }).click();
    await confirm(page, /^补签$/);
  }
  await until('签署补齐', async () => !(await panel(editor).innerText()).includes('还缺'));
  await world.picture(editor, 'complete', { fullPage: true });
}

export default async function journey(world) {
  const author = await world.enter('chengsiyuan', unit, 'phone');
  await submitOnPhone(author, unit, report);
  await drawFlow(world);
  const editor = await world.enter('fangzhou', unit);
  const id = await findByTitle(editor, '收件箱', report.title);
  await takeUp(editor, id);
  await press(editor, '送审');
  await editor.getByRole('dialog').getByText('主席会议表决').waitFor();
  await world.picture(editor, 'preview');
  await confirm(editor, /^送审$/);
  await stands(editor, '审核中');
  await together(world, editor, id);
  await standIn(world, editor, id);
  await release(world, editor, id);
  await afterwards(world, editor, id);
}
