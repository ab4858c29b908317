import { confirm, main, openFrom, pick, press, stands, takeUp } from './desk.mjs';
import { downloaded, partOf, wordsOf } from './files.mjs';
import { until } from './world.mjs';

export const title = '合写、直接移交、不接手、移交到手机，手机上答复批注，两位编辑同时改不丢字，带痕迹导出，一稿拆成两篇、关联、再并入';

const unit = 'a3-zx';
const stamp = Date.now().toString(36).slice(-6);
const report = {
  标题: `关于大学城夜间公交和校门拥堵的建议（${stamp}）`,
  情况反映: '大学城夜间九点后没有公交，四所院校两万名学生只能拼车返校。附小校门口每天放学时段拥堵四十分钟，家长违停严重。',
  对策建议: '开通大学城夜间公交专线。在附小校门口设置限时接送区。',
};
const cause = '公交线网三年没有调整，接送区没有规划。';
const asked = '两万名学生';

/** The first author writes with a mate, who finds the draft and writes on. */
async function writeTogether(world) {
  const author = await world.enter('duzihan', unit);
  await author.goto(`/t/${unit}/reports/new`);
  for (const [label, text] of Object.entries(report)) await author.getByLabel(label, { exact: true }).fill(text);
  await author.locator('summary', { hasText: '署名' }).click();
  const signed = main(author).getByRole('list', { name: '署名' }).getByText('李浩然');
  await pick(main(author), '添加合作作者', '李浩然', { chosen: async () => (await signed.count()) > 0 });
  await press(author, '存为草稿');
  await author.waitForURL(/\/reports\/[0-9a-f-]{36}$/);
  const id = author.url().split('/').pop();
  const mate = await world.enter('lihaoran', unit);
  await openFrom(mate, '合作稿件', id);
  await press(mate, '编辑');
  await mate.getByLabel('原因分析', { exact: true }).fill(cause);
  await press(mate, '完成');
  await main(mate).getByText(cause).waitFor();
  return id;
}

/** Who began it gives it to his mate at once; the mate asks a third, who does not take it over. */
async function passOn(world, id) {
  const first = await world.enter('duzihan', unit);
  await main(first).getByText(cause).waitFor();
  await press(first, '移交');
  const dialog = first.getByRole('dialog');
  await pick(dialog, '移交给', '李浩然');
  await dialog.getByLabel(/^直接移交/).check();
  await world.picture(first, 'direct');
  await confirm(first, /^直接移交$/);

  const mate = await world.enter('lihaoran', unit);
  await mate.goto(`/t/${unit}/reports/${id}`);
  await mate.getByRole('complementary').getByText('已接手').first().waitFor();
  await press(mate, '移交');
  await pick(mate.getByRole('dialog'), '移交给', '陈建华');
  await confirm(mate, /^请对方接手$/);
  const third = await world.enter('chenjianhua', unit);
  await third.getByRole('link', { name: report.标题, exact: true }).waitFor();
  await press(third, '不接手');
  await third.getByRole('dialog').getByLabel('附言').fill('本月外出调研');
  await confirm(third, /^不接手$/);
  await third.goto(`/t/${unit}/reports/${id}`);
  await main(third).getByText(/没有找到|不存在/).first().waitFor();
  await mate.getByRole('complementary').getByText('答复：本月外出调研').waitFor();
}

/** The draft goes to another member, who takes it over on the phone and hands it in. */
async function handOver(world) {
  const author = await world.enter('lihaoran', unit);
  await press(author, '移交');
  const dialog = author.getByRole('dialog');
  await pick(dialog, '移交给', '王慧芳');
  await dialog.getByLabel('说明').fill('请补充分类后提交');
  await world.picture(author, 'hand-over');
  await confirm(author, /^请对方接手$/);
  await author.getByRole('complementary').getByText('等待答复').first().waitFor();

  const next = await world.enter('wanghuifang', unit, 'phone');
  await next.getByText('李浩然请您接着写').waitFor();
  await world.picture(next, 'phone-offer');
  await next.getByRole('button', { name: '接手', exact: true }).click();
  await next.getByRole('dialog').getByRole('button', { name: '接手', exact: true }).click();
  await next.getByText('已接手，请继续撰写').waitFor();
  await author.getByRole('complementary').getByText('已接手').first().waitFor();
  await next.getByRole('button', { name: '继续写' }).click();
  await next.getByLabel(/^分类/).selectOption('交通运输');
  await next.getByRole('button', { name: '提交', exact: true }).click();
  await next.getByRole('heading', { name: '办理经过' }).waitFor();
  return next;
}

/** Selects words of the text with the mouse, as a reader would. */
async function select(page, words) {
  await page.evaluate((text) => {
    const piece = [...document.querySelectorAll('[data-section] [data-at]')].find((one) => one.textContent.includes(text));
    const from = piece.textContent.indexOf(text);
    window.getSelection().setBaseAndExtent(piece.firstChild, from, piece.firstChild, from + text.length);
  }, words);
}

/** The editor asks about a place, the author answers on the phone, the editor settles it. */
async function talk(world, author, id) {
  const editor = await world.enter('songjiayi', unit);
  await takeUp(editor, id);
  await main(editor).getByText('批注', { exact: true }).click();
  await main(editor).locator('[data-section=problem]').waitFor();
  await select(editor, asked);
  await main(editor).getByLabel('批注内容').fill('请注明数据年份。');
  await world.picture(editor, 'comment');
  await press(editor, '发出批注');
  const list = main(editor).getByRole('list', { name: '批注' });
  await list.getByText('请注明数据年份。').waitFor();
  await list.getByRole('button', { name: new RegExp(asked) }).click();
  await main(editor).locator('mark', { hasText: asked }).waitFor();

  await author.getByText('批注（1 条未解决）').waitFor();
  await author.getByRole('button', { name: '答复', exact: true }).click();
  await author.getByLabel('答复', { exact: true }).fill('2026 年秋季学期在校人数。');
  await author.getByRole('button', { name: '发送' }).click();
  await author.getByText('2026 年秋季学期在校人数。').waitFor();
  await world.picture(author, 'phone-talk', { fullPage: true });
  await list.getByText('2026 年秋季学期在校人数。').waitFor();
  await world.picture(editor, 'answered');
  await list.getByRole('button', { name: '标为已解决' }).click();
  await list.getByText(/已解决/).last().waitFor();
  return editor;
}

const field = (page, label) => page.getByLabel(label, { exact: true });

/** Replaces words in a field, as one who edits, and saves. */
async function write(page, label, was, becomes) {
  const text = await field(page, label).inputValue();
  await field(page, label).fill(text.replace(was, becomes));
  await page.keyboard.press('Control+s');
}

/** Two editors at the same text: what does not touch is merged without a word, the same sentence is shown to the second. */
async function editTogether(world, first, id) {
  const second = await world.enter('pengzhiqiang', unit);
  for (const page of [first, second]) {
    await page.goto(`/t/${unit}/reports/${id}/edit`);
    await field(page, '情况反映').waitFor();
  }
  await write(first, '情况反映', '两万名学生', '两万一千名学生');
  await first.getByText(/^已保存/).waitFor();
  await write(second, '对策建议', '夜间公交专线', '夜间公交专线（21:00—23:30）');
  await second.getByText('已并入他人同时所作的修改').waitFor();
  await until('两人的修改都在', async () => (await field(second, '情况反映').inputValue()).includes('两万一千名'));
  await second.getByText(/^已保存/).waitFor();

  await write(first, '情况反映', '拥堵四十分钟', '拥堵约四十分钟');
  await first.getByText('已并入他人同时所作的修改').waitFor();
  await first.getByText(/^已保存/).waitFor();
  await write(second, '情况反映', '拥堵四十分钟', '拥堵近一小时');
  const dialog = second.getByRole('dialog', { name: '有的段落两人都改了' });
  await dialog.getByText('约').first().waitFor();
  await world.picture(second, 'conflict');
  await dialog.getByRole('button', { name: /^对方的/ }).click();
  await dialog.getByRole('button', { name: '按所选合并' }).click();
  await until('选了对方的那一句', async () => (await field(second, '情况反映').inputValue()).includes('拥堵约四十分钟'));
  await second.getByText(/^已保存/).waitFor();
  await press(second, '完成');
  await second.waitForURL(/\/reports\/[0-9a-f-]{36}$/);
  await main(second).getByRole('link', { name: /全部版本/ }).click();
  await main(second).getByRole('heading', { level: 1, name: '全部版本' }).waitFor();
  await main(second).getByText('李浩然').first().waitFor();
  await world.picture(second, 'versions', { fullPage: true });
}

/** The changes of all, as Word tracks them. */
async function tracked(editor, id) {
  await editor.goto(`/t/${unit}/reports/${id}`);
  await press(editor, '导出');
  const { name, content } = await downloaded(editor, () => editor.getByRole('menuitem', { name: '修订稿（Word）' }).click());
  const text = partOf(content, 'word/document.xml');
  for (const who of ['宋佳怡', '彭志强']) if (!text.includes(`w:author="${who}"`)) throw new Error(`${name} 没有${who}的修改`);
  if (!text.includes('<w:ins ') || !wordsOf(content).includes('两万一千名')) throw new Error(`${name} 没有修改痕迹`);
}

/** Two matters become two reports; one of them is linked with an earlier one. */
async function splitAndLink(world, editor, id) {
  await editor.goto(`/t/${unit}/reports/${id}`);
  const more = main(editor).getByRole('button', { name: '更多', exact: true });
  await editor.getByRole('heading', { name: '全程' }).waitFor();
  await until('「更多」里的拆分', async () => {
    if (!(await editor.getByRole('menuitem', { name: '拆分' }).isVisible())) await more.click();
    await editor.getByRole('menuitem', { name: '拆分' }).click({ timeout: 2000 });
    return true;
  });
  await main(editor).getByRole('heading', { level: 1, name: '拆分为多篇' }).waitFor();
  const whole = main(editor).getByRole('region', { name: '原稿的句子' });
  for (const words of ['大学城夜间九点后', '开通大学城夜间公交']) await whole.getByRole('button', { name: words }).click();
  await press(editor, '第 1 篇');
  await press(editor, '选中其余各句');
  await press(editor, '第 2 篇');
  await main(editor).getByText('每一句都已放入').waitFor();
  await main(editor).getByLabel('第 1 篇标题').fill(`关于开通大学城夜间公交的建议（${stamp}）`);
  await main(editor).getByLabel('第 2 篇标题').fill(`关于缓解附小校门拥堵的建议（${stamp}）`);
  await world.picture(editor, 'split');
  await press(editor, '拆分为 2 篇');
  const links = editor.getByRole('list', { name: '关联信息' });
  await until('两篇拆分出的稿件', async () => (await links.getByText('拆分出').count()) === 2);
  await world.picture(editor, 'parts');

  await links.getByRole('link', { name: /夜间公交的建议/ }).click();
  await links.getByText('拆分自').waitFor();
  await editor.getByRole('button', { name: '添加关联' }).click();
  const dialog = editor.getByRole('dialog');
  await pick(dialog, '关联的稿件', '附小校门拥堵', { typed: false }); // among the newest
  await dialog.getByLabel(/^续报/).check();
  await dialog.getByLabel('说明').fill('同一来稿');
  await world.picture(editor, 'link');
  await confirm(editor, /^关联$/);
  await links.getByText('续报前文').waitFor();
  await links.getByRole('button', { name: /^取消与/ }).click();
  await until('关联已取消', async () => (await links.getByText('续报前文').count()) === 0);
}

/** The second part turns out to be about the same matter: it goes into the first and hears what becomes of it. */
async function mergeBack(world, editor, id) {
  await editor.goto(`/t/${unit}/reports/${id}`);
  await editor.getByRole('list', { name: '关联信息' }).getByRole('link', { name: /附小校门拥堵的建议/ }).click();
  await main(editor).getByRole('heading', { level: 1, name: /附小校门拥堵/ }).waitFor();
  const more = main(editor).getByRole('button', { name: '更多', exact: true });
  await until('「更多」里的并入另一篇', async () => {
    if (!(await editor.getByRole('menuitem', { name: '并入另一篇' }).isVisible())) await more.click();
    await editor.getByRole('menuitem', { name: '并入另一篇' }).click({ timeout: 2000 });
    return true;
  });
  await pick(editor.getByRole('dialog'), '并入到', '夜间公交的建议', { typed: false });
  await world.picture(editor, 'merge-into');
  await confirm(editor, /^确认并入$/);
  await stands(editor, '已并入');
}

export default async function journey(world) {
  const id = await writeTogether(world);
  await passOn(world, id);
  const author = await handOver(world);
  const editor = await talk(world, author, id);
  await editTogether(world, editor, id);
  await tracked(editor, id);
  await splitAndLink(world, editor, id);
  await mergeBack(world, editor, id);
  // Who took it over is the author of both parts.
  await author.goto(`/m/t/${unit}`);
  await author.getByText(`关于开通大学城夜间公交的建议（${stamp}）`).waitFor();
}
