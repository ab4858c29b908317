import { submitOnPhone } from './phone.mjs';

export const title = '邻区编辑打不开别区的稿件，外人进不了别的单位，委员看不到管理菜单';

const report = {
  title: '关于完善望湖社区养老助餐的建议',
  problem: '望湖社区六十岁以上老人一千八百余人，助餐点每天供餐四十份，独居和行动不便的老人订不到。',
  cause: '助餐点由社区食堂兼办，人手不足，没有送餐的补助。',
  advice: '由民政部门按送餐份数给予补助，动员志愿者结对送餐。',
  category: '民政',
};

/** The page says it is not there, and shows nothing of the report. */
async function refused(page, address) {
  await page.goto(address);
  await page.getByText('没有找到').first().waitFor();
  const shown = await page.locator('body').innerText();
  for (const secret of [report.title, '望湖社区六十岁', '何晓燕']) {
    if (shown.includes(secret)) throw new Error(`${address} 泄露了「${secret}」`);
  }
}

export default async function journey(world) {
  const author = await world.enter('hexiaoyan', 'a1-zx', 'phone');
  const id = await submitOnPhone(author, 'a1-zx', report);

  const neighbour = await world.enter('liuchang', 'a2-zx');
  await refused(neighbour, `/t/a2-zx/reports/${id}`);
  await world.picture(neighbour, 'report');
  await refused(neighbour, `/t/a2-zx/reports/${id}/edit`);
  await refused(neighbour, '/t/a1-zx');
  await world.picture(neighbour, 'unit');
  await refused(neighbour, `/t/a1-zx/reports/${id}`);
  await refused(neighbour, `/m/t/a1-zx/reports/${id}`);
  const answer = await neighbour.request.get(`/api/v1/t/a2-zx/reports/${id}`);
  const missing = await neighbour.request.get(`/api/v1/t/a2-zx/reports/${id.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`);
  const [one, other] = [await answer.json(), await missing.json()].map((problem) => JSON.stringify({ ...problem, request_id: '' }));
  if (answer.status() !== 404 || missing.status() !== 404 || one !== other) throw new Error(`别人的稿件和没有的稿件回答不同：${one} ${other}`);

  const stranger = await world.visitor();
  await stranger.goto(`/t/a1-zx/reports/${id}`);
  await stranger.getByRole('button', { name: '登录', exact: true }).waitFor();

  const member = await world.enter('hexiaoyan', 'a1-zx');
  const menu = await member.getByRole('navigation', { name: '主菜单' }).innerText();
  for (const entry of ['管理', '成员', '角色权限', '审签流程', '审计日志', '收件箱', '平台', '看板']) {
    if (menu.split(/\s/).includes(entry) || menu.includes(`${entry}\n`)) throw new Error(`委员的菜单里有「${entry}」`);
  }
  await world.picture(member, 'member');
}
