import { until } from './world.mjs';

/** Who holds the posts that chains wait for. */
export const posts = {
  'a1-zx': { office_head: 'lujianping', committee_head: 'guchunsheng', secretary_general: 'hanzhiyuan', vice_chair: 'fengyuzhen', chair: 'caolixin', information_officer: 'xuwenjing' },
  'a3-zx': { office_head: 'pengzhiqiang', committee_head: 'yanguizhi', secretary_general: 'luoyongnian', vice_chair: 'zhangyaqin', chair: 'xiaguoqing', information_officer: 'songjiayi' },
  'a5-zx': { office_head: 'kongdeming', committee_head: 'chenliqun', secretary_general: 'huangyongsheng', vice_chair: 'heyuxia', chair: 'wangzhongqiang', information_officer: 'lixiang' },
  'a-zx': { office_head: 'yehongmei', committee_head: 'dongweiping', secretary_general: 'shaojianguo', vice_chair: 'zhongliping', chair: 'zhaomingyuan', information_officer: 'linyue' },
  'p1-zx': { office_head: 'zhengkaixuan', committee_head: 'jinmeilan', secretary_general: 'shiguodong', vice_chair: 'yushuzhen', chair: 'liangzhenghai', information_officer: 'chenmohan' },
  zx: { office_head: 'songhanwen', committee_head: 'hejingxing', secretary_general: 'fanzhongxin', vice_chair: 'weiruifang', chair: 'pengchengyun', information_officer: 'jiangyutong' },
};

/** The steps of the shipped chains, and the post each waits for. */
const waitsFor = {
  研究室编审: 'office_head', 秘书长初审: 'secretary_general', 主席审定: 'chair', 信息专员初审: 'information_officer',
  提案委主任复审: 'committee_head', 分管副主席审签: 'vice_chair', 主席签发: 'chair', 副主席审签: 'vice_chair',
};

export const main = (page) => page.locator('#main');

/** Presses a button of the page, not of a dialog over it. */
export const press = (page, name) => main(page).getByRole('button', { name, exact: true }).click();

/** Confirms the dialog that is open, and waits until it is gone. */
export async function confirm(page, name) {
  const dialog = page.getByRole('dialog').last();
  await dialog.getByRole('button', { name }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Chooses one of a list in a form, and sees that it is chosen: a list that is just closing may take the click. */
export async function choose(page, within, label, word) {
  const box = within.getByRole('combobox', { name: label });
  const field = box.locator('xpath=ancestor::label');
  await until(`选中「${word}」`, async () => {
    if ((await field.innerText()).includes(word)) return true;
    await box.click();
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: word }).last().click({ timeout: 3000 });
    return false;
  });
}

/**
 * Chooses one of a list by typing (or, untyped, from what is offered at once), again where the list that just came took the
 * click; chosen tells whether it took, where the field itself does not show it.
 */
export async function pick(place, label, word, { typed = true, chosen } = {}) {
  const input = place.getByLabel(label, { exact: true }).last();
  const field = input.locator('xpath=ancestor::*[contains(concat(" ", @class, " "), " ant-select ")][1]');
  const took = chosen ?? (async () => (await field.innerText()).includes(word));
  await until(`选中「${word}」`, async () => {
    if (await took()) return true;
    await input.click();
    if (typed) await input.fill(word);
    await place.page().locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: word }).last().click({ timeout: 3000 });
    return took();
  });
}

/** The tag that says where a report stands. */
export async function stands(page, state) {
  await until(`稿件状态「${state}」`, async () => (await main(page).innerText()).split('\n').slice(0, 6).some((line) => line.trim() === state));
}

/** Opens a box of the unit from the menu. */
export async function box(page, name) {
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: new RegExp(`^${name}`) }).click();
  await main(page).getByRole('heading', { level: 1, name }).waitFor();
}

/** Opens a report from the box it should be in. */
export async function openFrom(page, boxName, id) {
  await box(page, boxName);
  await page.locator(`[data-row="${id}"] a`).first().click();
  await page.waitForURL(`**/reports/${id}`);
}

/** The report in this box that came from a unit with this title; its id here. */
export async function findByTitle(page, boxName, title) {
  await box(page, boxName);
  const row = page.locator('[data-row]', { hasText: title }).first();
  await row.waitFor({ timeout: 20_000 });
  return row.getAttribute('data-row');
}

/** Takes a report up from the inbox. */
export async function takeUp(page, id) {
  await openFrom(page, '收件箱', id);
  await press(page, '受理');
  await main(page).getByRole('button', { name: '编辑', exact: true }).waitFor();
}

/** Edits the text of the report that is open: the parts that are given take the place of what stands there. */
export async function edit(page, parts) {
  await press(page, '编辑');
  await page.waitForURL('**/edit');
  for (const [label, text] of Object.entries(parts)) await page.getByLabel(label, { exact: true }).fill(text);
  await press(page, '完成');
  await page.waitForURL(/\/reports\/[^/]+$/);
}

/** Sends the open report through the unit's chain; each person of it approves in turn. */
export async function review(world, editor, tenant, id, { password } = {}) {
  await press(editor, '送审');
  await confirm(editor, /^送审$/);
  await stands(editor, '审核中');
  for (let step = 1; step <= 10; step += 1) {
    const running = editor.locator('section', { has: editor.getByRole('heading', { name: '审签', exact: true }) }).locator('li', { hasText: '正在审' });
    const title = await running.locator('span').nth(1).innerText();
    const login = posts[tenant]?.[waitsFor[title]];
    if (!login) throw new Error(`没有人办理「${title}」`);
    const page = await world.enter(login, tenant, 'desk', password);
    await openFrom(page, '待我审签', id);
    await press(page, '审签');
    const signs = (await page.getByRole('dialog').getByRole('button', { name: /^(签发|审核同意)$/ }).innerText()) === '签发';
    await confirm(page, signs ? /^签发$/ : /^审核同意$/);
    if (signs) break;
    await until(`「${title}」之后的环节`, async () => (await running.locator('span').nth(1).innerText()) !== title);
  }
  await stands(editor, '已签发');
}

/** Sends the open report to the units named, with one action. */
export async function forward(page, names) {
  await press(page, '报送上级');
  const dialog = page.getByRole('dialog');
  for (const name of names) await dialog.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await confirm(page, /^报送/);
  for (const name of names) {
    await main(page).locator('section', { has: page.getByRole('heading', { name: '报送与反馈' }) }).getByText(name).first().waitFor();
  }
}

/** Adopts the open report as one. */
export async function adopt(page) {
  await press(page, '采用');
  await confirm(page, /^确认采用$/);
}

/** Returns, keeps or declines the open report with the first reason offered. */
export async function decide(page, what, words) {
  await press(page, what);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio').first().check();
  await dialog.getByLabel('补充说明').fill(words);
  await confirm(page, new RegExp(`^确认${what}$`));
}
