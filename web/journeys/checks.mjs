import { adopt, confirm, edit, main, press, stands, takeUp } from './desk.mjs';
import { photo, submitOnPhone } from './phone.mjs';
import { until } from './world.mjs';

export const title = '按规定先核实再编辑，第二人核实数据后送审，校对后采用；联审会审一单汇总，专题研讨形成新版本';

const unit = 'a6-zx';
const report = {
  title: '关于修复云台镇桃源村灌溉水渠的建议',
  problem: '云台镇桃源村灌溉水渠有37处破损，影响农田1200亩。2026年2月30日起村里已停止供水。',
  cause: '水渠建成三十年，没有专项维修资金。',
  advice: '由区农业农村局会同云台镇列入年度维修计划。',
  category: '农村农业',
};
const panel = (page) => main(page).locator('section', { has: page.getByRole('heading', { name: '核实与会商' }) });
const dialogOf = (page) => page.getByRole('dialog').last();

/** Chooses in the select with this label; once more where the list was still moving under the mouse. */
async function choose(page, within, label, option) {
  const open = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
  await within.getByRole('combobox', { name: label, exact: true }).click();
  await open.locator('.ant-select-item-option', { hasText: option }).first().waitFor();
  await until(`「${label}」已选好`, async () => {
    await open.locator('.ant-select-item-option', { hasText: option }).first().click({ timeout: 1000 }).catch(() => undefined);
    await open.first().waitFor({ state: 'hidden', timeout: 1000 }).catch(() => undefined);
    return (await open.count()) === 0;
  });
}

/** The head of the office sets what must come before what. */
async function setRules(world) {
  const page = await world.enter('caizhengguo', unit);
  await page.goto(`/t/${unit}/settings?part=check-rules`);
  for (const [label, option] of [['情况核实', '编辑前'], ['数据和来源由第二人核实', '送审前'], ['校对要求', '报送、采用或编发前']]) await choose(page, main(page), label, option);
  await press(page, '保存');
  await page.getByText('已保存，立即生效').waitFor();
  await world.picture(page, 'rules');
  return page;
}

/** Without a check the text is not edited; who checked it, how and with what result is written down. */
async function factsFirst(world, editor) {
  await press(editor, '编辑');
  await editor.waitForURL('**/edit');
  await editor.getByLabel('情况反映', { exact: true }).fill(report.problem.replace('影响农田', '影响下游农田'));
  await press(editor, '完成');
  await editor.getByText(/编辑前须先核实或校对.*还没有核实情况/).first().waitFor();
  await editor.goto(editor.url().replace(/\/edit$/, ''));
  await panel(editor).getByRole('button', { name: '登记核实', exact: true }).click();
  const dialog = dialogOf(editor);
  await dialog.getByRole('radio', { name: '现场', exact: true }).check();
  await dialog.getByRole('radio', { name: '部分属实', exact: true }).check();
  await dialog.getByLabel(/^核实到的情况/).fill('到村实地查看，破损属实；农田面积以镇农办台账为准。');
  await dialog.locator('input[type=file]').setInputFiles(photo('水渠现场.png'));
  await dialog.getByText('水渠现场.png').first().waitFor();
  await until('附件传完', async () => (await dialog.getByRole('progressbar').count()) === 0);
  await world.picture(editor, 'record');
  await confirm(editor, /^登记$/);
  await panel(editor).getByText('到村实地查看', { exact: false }).first().waitFor();
  await edit(editor, { 情况反映: report.problem.replace('影响农田', '影响下游农田') });
  await panel(editor).getByText('核实后又有修改').waitFor();
}

/** Figures and sources by a second person: the committee is asked, and answers without seeing anything else of the report. */
async function figuresBySecond(world, editor) {
  await press(editor, '送审');
  await dialogOf(editor).getByRole('button', { name: /^送审$/ }).click();
  await editor.getByText(/数据和来源还没有经第二人核实/).last().waitFor();
  await dialogOf(editor).getByRole('button', { name: '取 消' }).or(dialogOf(editor).getByRole('button', { name: '取消' })).first().click();
  await panel(editor).getByRole('button', { name: '请人核实', exact: true }).click();
  const dialog = dialogOf(editor);
  await dialog.getByRole('radio', { name: '数据和来源二次核实' }).check();
  await choose(editor, dialog, '内设机构', '提案委员会');
  await dialog.getByLabel(/^需要核实什么/).fill('请核对破损处数和农田亩数。');
  await confirm(editor, /^发出$/);
  const committee = await world.enter('luochunlan', unit);
  await committee.goto(`/t/${unit}/consultations`);
  const task = main(committee).getByRole('region', { name: report.title });
  await task.getByRole('button', { name: '答复', exact: true }).click();
  await dialogOf(committee).getByText('信息正文').click();
  await dialogOf(committee).getByText('37处破损', { exact: false }).waitFor();
  await dialogOf(committee).getByRole('radio', { name: '部门核对' }).check();
  await dialogOf(committee).getByRole('radio', { name: '属实', exact: true }).check();
  await world.picture(committee, 'answer');
  await confirm(committee, /^答复$/);
  await task.waitFor({ state: 'detached' });
  await panel(editor).getByText('罗春兰（部门核对）', { exact: false }).waitFor();
}

/** Before the release the text is proofread: the date that does not exist is found, put right, and read once more. */
async function proofread(world, editor, head) {
  await head.goto(editor.url());
  await press(head, '采用');
  await dialogOf(head).getByRole('button', { name: /^确认采用$/ }).click();
  await head.getByText(/还没有校对/).last().waitFor();
  await head.keyboard.press('Escape');
  await dialogOf(head).waitFor({ state: 'hidden' });
  const open = async () => {
    await panel(editor).getByRole('button', { name: '校对', exact: true }).click();
    for (const name of ['姓名职务', '数字', '日期', '文字标点']) await dialogOf(editor).getByRole('checkbox', { name }).check();
  };
  await open();
  const finding = dialogOf(editor).getByRole('listitem').filter({ hasText: '2月30日' }).first();
  await finding.getByText('是错误').click();
  for (const other of await dialogOf(editor).getByRole('listitem').filter({ hasNotText: '2月30日' }).all()) await other.getByText('没有错').click();
  await world.picture(editor, 'proof');
  await confirm(editor, /^登记错误$/);
  await panel(editor).getByText('1 处错误').waitFor();
  await edit(editor, { 情况反映: report.problem.replace('影响农田', '影响下游农田').replace('2月30日', '2月20日') });
  await open();
  for (const other of await dialogOf(editor).getByRole('listitem').all()) await other.getByText('没有错').click();
  await confirm(editor, /^校对通过$/);
  await panel(editor).getByText('通过', { exact: true }).first().waitFor();
}

/** What was put right is checked once more. */
async function factsAgain(editor) {
  await panel(editor).getByRole('button', { name: '登记核实', exact: true }).click();
  await dialogOf(editor).getByRole('radio', { name: '电话', exact: true }).check();
  await dialogOf(editor).getByRole('radio', { name: '属实', exact: true }).check();
  await confirm(editor, /^登记$/);
  await panel(editor).getByText('余晓晴（电话）', { exact: false }).waitFor();
}

/** Several are asked at once: a committee, an expert of the field on his phone, a department whose letter is written down. */
async function jointReview(world, editor) {
  await panel(editor).getByRole('button', { name: '发起会商' }).click();
  const dialog = dialogOf(editor);
  await choose(editor, dialog, '内设机构', '提案委员会');
  await choose(editor, dialog, '对象类别', '专家');
  await choose(editor, dialog, '专家', '农村农业');
  await choose(editor, dialog, '对象类别', '部门');
  await dialog.getByLabel('部门名称').fill('区农业农村局');
  await dialog.getByRole('button', { name: /添\s?加/ }).click();
  await dialog.getByLabel(/^征求意见的内容/).fill('请就维修计划的可行性提出意见。');
  await world.picture(editor, 'joint-start');
  await confirm(editor, /^发起$/);

  const expert = await world.enter('hudelin', unit, 'phone');
  await expert.goto(`/m/t/${unit}`);
  await expert.getByRole('link', { name: /请我核实和会商/ }).click();
  await world.picture(expert, 'phone-tasks');
  await expert.getByRole('link', { name: new RegExp(report.title) }).click();
  await expert.getByText('水渠有37处破损', { exact: false }).waitFor();
  await expert.getByRole('radio', { name: '建议修改' }).check();
  await expert.getByLabel('具体意见').fill('建议写明先修主渠再修支渠。');
  await world.picture(expert, 'phone-opinion', { fullPage: true });
  await expert.getByRole('button', { name: '提出意见' }).click();
  await expert.getByText('意见已提出').waitFor();

  const committee = await world.enter('luochunlan', unit);
  await committee.goto(`/t/${unit}/consultations`);
  await main(committee).getByRole('region', { name: report.title }).getByRole('button', { name: '提意见' }).click();
  await dialogOf(committee).getByRole('radio', { name: '同意', exact: true }).check();
  await dialogOf(committee).getByRole('radiogroup', { name: '政策关' }).getByText('通过').click();
  await confirm(committee, /^提出$/);

  await panel(editor).getByText('已收 2 / 3').waitFor();
  await panel(editor).getByRole('button', { name: '录入意见' }).click();
  await dialogOf(editor).getByRole('radio', { name: '同意', exact: true }).check();
  await dialogOf(editor).getByLabel(/^由谁提出/).fill('王科长电话答复');
  await confirm(editor, /^提出$/);
  await panel(editor).getByText('已收 3 / 3').waitFor();
  await panel(editor).getByText('建议写明先修主渠再修支渠。').waitFor();
  await world.picture(editor, 'sheet', { fullPage: true });
  await panel(editor).getByRole('button', { name: '办结', exact: true }).click();
  await dialogOf(editor).getByLabel(/^结论/).fill('采纳专家意见，补充维修次序。');
  await confirm(editor, /^办结$/);
  await panel(editor).getByText('采纳专家意见', { exact: false }).first().waitFor();
}

/** Invited officers talk about one report; the record and the version that came of it stay on the sheet. */
async function workshop(world, editor) {
  await panel(editor).getByRole('button', { name: '发起会商' }).click();
  const dialog = dialogOf(editor);
  await dialog.getByRole('radio', { name: '专题研讨' }).check();
  for (const name of ['罗春兰', '叶静怡']) await choose(editor, dialog, '人员', name);
  await dialog.getByLabel(/^征求意见的内容/).fill('怎样把资金来源写实。');
  await dialog.getByLabel('会议地点').fill('二楼会议室');
  await confirm(editor, /^发起$/);
  const committee = await world.enter('luochunlan', unit);
  await committee.goto(`/t/${unit}/consultations`);
  await main(committee).getByRole('region', { name: report.title }).getByRole('button', { name: '提意见' }).click();
  await dialogOf(committee).getByRole('radio', { name: '建议修改' }).check();
  await dialogOf(committee).getByLabel(/^具体意见/).fill('写明可从农田水利维修资金中列支。');
  await confirm(committee, /^提出$/);
  await panel(editor).getByText('写明可从农田水利维修资金中列支。').waitFor();
  await edit(editor, { 对策建议: `${report.advice}先修主渠再修支渠，从农田水利维修资金中列支。` });
  await panel(editor).getByText('征求意见后又有修改').waitFor();
  await panel(editor).getByRole('button', { name: '办结', exact: true }).click();
  await dialogOf(editor).getByLabel(/^研讨记录/).fill('与会人员认为资金来源应写实。');
  await dialogOf(editor).getByLabel(/^结论/).fill('按研讨意见修改。');
  await dialogOf(editor).getByLabel('由此形成的版本').click();
  await editor.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option').first().click();
  await confirm(editor, /^办结$/);
  await panel(editor).getByText(/形成第 \d+ 版/).waitFor();
}

export default async function journey(world) {
  const head = await setRules(world);
  const author = await world.enter('shanlinfeng', unit, 'phone');
  const id = await submitOnPhone(author, unit, report);
  const editor = await world.enter('yuxiaoqing', unit);
  await takeUp(editor, id);
  await factsFirst(world, editor);
  await jointReview(world, editor);
  await workshop(world, editor);
  await proofread(world, editor, head);
  await factsAgain(editor);
  await figuresBySecond(world, editor);
  await world.picture(editor, 'panel', { fullPage: true });
  await editor.setViewportSize({ width: 390, height: 844 });
  await world.picture(editor, 'panel-narrow', { fullPage: true });
  await editor.setViewportSize({ width: 1366, height: 800 });
  await adopt(head);
  await press(editor, '送审');
  await confirm(editor, /^送审$/);
  await stands(editor, '审核中');
}
