import { box, confirm, findByTitle, forward, main, posts, press, review, takeUp } from './desk.mjs';
import { submitOnPhone } from './phone.mjs';
import { until } from './world.mjs';

export const title = '启动之后在控制台开通的单位、渠道、流程和角色，与自带的走同样的路';

const PASSWORD = 'first-password';
// Codes and logins are for ever: every run opens another unit.
const stamp = Date.now().toString(36).slice(-6);
const code = `qx-${stamp}`;
const name = `青溪县政协${stamp}`;
const login = (who) => `${who}.${stamp}`;

const report = {
  title: `关于青溪县山区校车线路的建议（${stamp}）`,
  problem: '青溪县北部三个乡镇撤点并校后，二百一十名学生每天往返超过二十公里，现有校车四辆，两个行政村没有线路。',
  cause: '校车线路三年没有调整，部分村道不符合通行条件，运营补贴按车不按里程。',
  advice: '由教育部门会同交通部门重新勘定线路，先硬化两段村道，补贴改为按里程核定。',
  category: '教育文体',
};

const field = (page, label) => page.getByRole('dialog').last().locator('label', { hasText: label });

/** Chooses from a drop-down of the dialog. While the list unfolds a click may miss. */
async function choose(page, select, text, typed) {
  const combobox = select.getByRole('combobox');
  const option = page.locator(`.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option[title="${text}"]`);
  await combobox.click();
  if (typed) await combobox.fill(typed);
  await option.waitFor();
  await until(`选中「${text}」`, async () => {
    if (await option.count()) await option.click({ timeout: 1000 }).catch(() => undefined);
    return (await combobox.getAttribute('aria-expanded')) === 'false' && (await select.innerText()).includes(text);
  });
}

/** The operator opens a unit with three administrators, and a line to the city. */
async function openUnit(world) {
  const operator = await world.enter('luoyiming', 'platform');
  await box(operator, '单位开设');
  await press(operator, '开通单位');
  await field(operator, '单位全称').getByRole('textbox').fill(`政协${name}委员会`);
  await field(operator, '单位简称').getByRole('textbox').fill(name);
  await field(operator, '单位代码').getByRole('textbox').fill(code);
  for (const [of, person, who] of [['系统管理员', '汤管理', 'system'], ['安全管理员', '严安全', 'security'], ['审计管理员', '申审计', 'audit']]) {
    await operator.getByLabel(`${of}的姓名`).fill(person);
    await operator.getByLabel(`${of}的登录名`).fill(login(who));
    await operator.getByLabel(`${of}的初始密码`).fill(PASSWORD);
  }
  await world.picture(operator, 'unit');
  await confirm(operator, /^开通$/);

  await box(operator, '报送渠道');
  await press(operator, '建立渠道');
  await choose(operator, field(operator, '下级单位'), name, name);
  await choose(operator, field(operator, '报送到'), '临江市政协', '临江市');
  await world.picture(operator, 'line');
  await confirm(operator, /^建立$/);
}

/** The system administrator registers the people and copies a shipped chain. */
async function registerPeople(world) {
  const system = await world.enter(login('system'), code, 'desk', PASSWORD);
  await box(system, '成员');
  for (const [person, post, who] of [['辛委员', '', 'member'], ['卞编辑', '信息专员', 'editor'], ['钱主席', '分管副主席', 'vice']]) {
    await press(system, '登记成员');
    await field(system, '姓名').getByRole('textbox').fill(person);
    await field(system, '职务').getByRole('textbox').fill(post || '青溪县第二小学教师');
    await field(system, '登录名').first().getByRole('textbox').fill(login(who));
    await field(system, '初始密码').getByRole('textbox').fill(PASSWORD);
    if (post) await choose(system, field(system, '岗位'), post);
    await confirm(system, /^登记$/);
    await main(system).getByRole('row', { name: new RegExp(person) }).waitFor();
  }
  await box(system, '审签流程');
  const template = main(system).locator('section', { has: system.getByRole('heading', { name: '流程模板' }) });
  await template.locator('div', { hasText: '副主席在线审签' }).filter({ has: system.getByRole('button') }).last().getByRole('button', { name: '照此新建' }).click();
  await field(system, '流程名称').getByRole('textbox').fill('青溪副主席审签');
  await world.picture(system, 'chain');
  await confirm(system, /^保存$/);
  await main(system).getByText('青溪副主席审签').waitFor();
}

/** The security administrator copies a role, changes it, and gives everybody theirs. */
async function giveRoles(world) {
  const security = await world.enter(login('security'), code, 'desk', PASSWORD);
  await box(security, '角色权限');
  await press(security, '新建角色');
  await choose(security, field(security, '复制自'), '编辑');
  await field(security, '角色名称').getByRole('textbox').fill('青溪信息编辑');
  await confirm(security, /^建立$/);
  const rights = security.getByRole('dialog', { name: /修改“青溪信息编辑”的权限/ });
  await rights.waitFor();
  const clues = rights.getByLabel(/线索/).first();
  await clues.hover();
  await clues.locator('xpath=ancestor::*[contains(@class,"ant-select")][last()]').locator('.ant-select-clear').click();
  await rights.getByRole('button', { name: '核对 1 处改动' }).click();
  await world.picture(security, 'role');
  await security.getByRole('dialog').last().getByRole('button', { name: '确认保存' }).click();
  await rights.waitFor({ state: 'hidden' });
  await security.getByRole('columnheader', { name: /青溪信息编辑/ }).waitFor();

  await box(security, '成员');
  for (const [person, role] of [['辛委员', '委员'], ['卞编辑', '青溪信息编辑'], ['钱主席', '签发人']]) {
    await main(security).getByRole('row', { name: new RegExp(person) }).getByRole('button', { name: '授予角色' }).click();
    await security.getByRole('dialog').getByRole('checkbox', { name: new RegExp(`^${role}`) }).check();
    await confirm(security, /^保存$/);
  }
  await until('授予的角色', async () => (await main(security).getByRole('row', { name: /卞编辑/ }).innerText()).includes('青溪信息编辑'));
  await world.picture(security, 'members');
}

export default async function journey(world) {
  await openUnit(world);
  await registerPeople(world);
  await giveRoles(world);
  posts[code] = { information_officer: login('editor'), vice_chair: login('vice') };

  const author = await world.enter(login('member'), code, 'phone', PASSWORD);
  const id = await submitOnPhone(author, code, report);
  const editor = await world.enter(login('editor'), code, 'desk', PASSWORD);
  await takeUp(editor, id);
  await review(world, editor, code, id, { password: PASSWORD });
  await forward(editor, ['政协临江市委员会']);
  const city = await world.enter('linyue', 'a-zx');
  await findByTitle(city, '收件箱', report.title);
  await world.picture(city, 'arrived');
  await author.getByText(/临江市/).first().waitFor();
}
