import { confirm, main, press, takeUp } from './desk.mjs';
import { downloaded, partOf, wordFile, wordsOf } from './files.mjs';
import { submitOnPhone } from './phone.mjs';

export const title = '编发一期：选稿、排序、主送抄送、取得期号；专报与直通车；Word、核稿单、签批单、登记簿；换上本单位的模板';

const unit = 'a1-zx';
const urgent = {
  title: '关于立即封闭望湖路塌陷路段的建议', problem: '望湖路地铁施工段路面昨夜塌陷三平方米，仍有车辆绕行通过。', cause: '回填土沉降，没有夜间值守。', advice: '立即封闭并检测两侧路基。', category: '城乡建设',
};

const must = (so, what) => {
  if (!so) throw new Error(what);
};

/** Sets up a journal of that kind in the settings, with its own addressees. */
async function journal(page, { name, kind, to, copy, scope }) {
  await press(page, '设立刊物');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('刊物名称').fill(name);
  await dialog.getByRole('combobox', { name: '类型' }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: kind }).click();
  await dialog.getByLabel('报（主送）').fill(to);
  await dialog.getByLabel('送（抄送）').fill(copy);
  await dialog.getByLabel('报送范围').fill(scope);
  await confirm(page, /^保存$/);
  await main(page).getByRole('button', { name: `修改《${name}》` }).waitFor();
}

/** The unit's own layout: a wrong placeholder is named, the right file is tried on an example. */
async function ownTemplate(world, page) {
  const file = main(page).getByLabel('模板文件');
  await file.setInputFiles(wordFile(['{{标题}}', '{{文号字}}']));
  await main(page).getByText('没有“{{文号字}}”这个占位符').waitFor();
  await file.setInputFiles({ ...wordFile(['{{单位}}专报　{{期号}}', '{{标题}}', '{{#每篇}}', '{{篇序号}}、{{篇标题}}', '{{篇正文}}', '{{/每篇}}', '主送：{{报}}　抄送：{{送}}']), name: '湖滨专报版式.docx' });
  await main(page).getByText('湖滨专报版式').waitFor();
  const { content } = await downloaded(page, () => main(page).getByRole('button', { name: '样例：湖滨专报版式' }).click());
  must(wordsOf(content).includes('一、关于') && !wordsOf(content).includes('{{'), '样例没有填好');
  await world.picture(page, 'journals', { fullPage: true });
  await main(page).getByRole('button', { name: '修改《湖滨专报》' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '版式' }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: '湖滨专报版式' }).click();
  await confirm(page, /^保存$/);
  await main(page).getByText('用本单位模板').first().waitFor();
}

/** Begins an issue of the journal with the reports that answer to the words, and goes to it. */
async function begin(page, name, count, words) {
  await page.goto(`/t/${unit}/issues`);
  await press(page, '新编一期');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: '刊物' }).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: name }).click();
  const list = dialog.getByRole('group', { name: '可以编入的稿件' });
  const boxes = words ? list.locator('label', { hasText: words }).getByRole('checkbox') : list.getByRole('checkbox');
  for (let at = 0; at < count; at += 1) await boxes.nth(at).check();
  await dialog.getByText(`选稿（${count} 篇）`).waitFor();
  await world.picture(page, 'pick');
  await confirm(page, '开始编排');
  await main(page).getByRole('heading', { name: `编入的信息（${count} 篇）` }).waitFor();
}

let world;

/** Releases the issue that is open; answers what its number is called. */
async function release(page) {
  await press(page, '编发');
  await confirm(page, /^编发$/);
  await main(page).getByRole('heading', { name: '编发情况' }).waitFor();
  return /（(\d+)年第(\d+)期|第\s*(\d+)\s*期/.exec(await main(page).getByRole('heading', { level: 1 }).innerText())?.[0];
}

/** A 专报 of two reports: their order, a common title, the heads; on the unit's own paper. */
async function special(page) {
  await begin(page, '湖滨专报', 2);
  const titles = () => main(page).locator('ol > li b').allInnerTexts();
  const [first, second] = await titles();
  await main(page).getByRole('button', { name: `下移：${first}` }).click();
  must((await titles())[0] === second, '顺序没有变');
  await main(page).getByLabel('总标题').fill('关于两件民生实事的专报');
  await main(page).getByLabel('导语').fill('现将近期反映集中的两件事专报如下。');
  await main(page).getByLabel('签发人').fill('曹立新');
  await world.picture(page, 'arrange', { fullPage: true });
  await release(page);
  const { name, content } = await downloaded(page, () => press(page, '下载 Word'));
  const words = wordsOf(content);
  must(name.endsWith('.docx') && words.includes('湖滨区委书记') && words.indexOf(second) < words.indexOf(first) && words.includes('关于两件民生实事的专报'), `专报的内容不对：${words.slice(0, 300)}`);
  must(partOf(content, 'word/header-shangda.xml').includes('陆建平'), '没有水印');
  return first;
}

/** An issue of one report takes its title; the number is the next of its journal; withdrawn, it keeps it. */
async function single(page) {
  await begin(page, '湖滨社情民意', 1);
  await release(page);
  await main(page).getByRole('button', { name: '作废', exact: true }).click();
  await page.getByRole('dialog').getByLabel('作废原因').fill('印发日期有误，重新编发');
  await confirm(page, /^确认作废$/);
  await main(page).getByText(/印发日期有误/).waitFor();
  await world.picture(page, 'withdrawn', { fullPage: true });
}

/** 直通车 takes what is still on the desk, past the queue, to its own addressees. */
async function express(head) {
  await begin(head, '望湖直通车', 1, urgent.title);
  await main(head).getByText('区委主要领导').first().waitFor();
  await release(head);
  await head.setViewportSize({ width: 390, height: 844 });
  await world.picture(head, 'express-narrow', { fullPage: true });
  await head.setViewportSize({ width: 1366, height: 800 });
}

/** The register of the year, and the papers of one report. */
async function papers(page, reviewed) {
  await page.goto(`/t/${unit}/issues`);
  await main(page).getByText('关于两件民生实事的专报').first().waitFor();
  await world.picture(page, 'register', { fullPage: true });
  await main(page).getByRole('button', { name: /登记簿$/ }).click();
  const register = await downloaded(page, () => page.getByRole('menuitem', { name: 'Word 文件' }).click());
  must(wordsOf(register.content).includes('作废') && wordsOf(register.content).includes(urgent.title), '登记簿不全');
  await page.goto(`/t/${unit}/signed`);
  await press(page, '导出');
  const dialog = page.getByRole('dialog');
  for (const column of ['主题', '采用']) await dialog.getByRole('checkbox', { name: column, exact: true }).uncheck();
  const list = await downloaded(page, () => dialog.getByRole('button', { name: /^导出$/ }).click());
  const cells = partOf(list.content, 'xl/worksheets/sheet1.xml');
  must(list.name.endsWith('.xlsx') && cells.includes('采用篇次') && !cells.includes('>主题<'), '列没有按选择导出');
  await page.locator('[data-row]', { hasText: reviewed }).first().locator('a').first().click();
  await main(page).getByRole('heading', { name: '审签', exact: true }).waitFor();
  for (const [paper, words, part] of [['核稿单', '社情民意信息核稿单', '对策建议'], ['签批单', '社情民意信息签批单', '签发']]) {
    await press(page, '导出');
    const { content } = await downloaded(page, () => page.getByRole('menuitem', { name: `${paper}（Word）` }).click());
    must(wordsOf(content).includes(words) && wordsOf(content).includes(part), `${paper}的内容不对`);
  }
}

export default async function journey(given) {
  world = given;
  const author = await world.enter('zhoumin', unit, 'phone');
  const id = await submitOnPhone(author, unit, urgent);
  const head = await world.enter('lujianping', unit);
  await head.goto(`/t/${unit}/settings?part=journals`);
  await journal(head, { name: '湖滨专报', kind: '专报', to: '湖滨区委书记、区长', copy: '区委办公室', scope: '区委常委' });
  await journal(head, { name: '望湖直通车', kind: '直通车', to: '区委主要领导', copy: '区应急局', scope: '主要领导' });
  await ownTemplate(world, head);
  const editor = await world.enter('xuwenjing', unit);
  await takeUp(editor, id);
  const reviewed = await special(head);
  await single(head);
  await express(head);
  await papers(editor, reviewed);
}
