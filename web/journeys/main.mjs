import { adopt, box, edit, findByTitle, forward, main, openFrom, press, review, stands, takeUp } from './desk.mjs';
import { photo, submitOnPhone } from './phone.mjs';
import { until } from './world.mjs';

export const title = '委员手机提交，区、市、省逐级报送，全国采用，作者当场看到';

const report = {
  title: '关于完善社区慢性病用药衔接的建议',
  problem: '湖滨区人民医院全科医学科近半年接诊的高血压、糖尿病患者中，有三成反映在社区卫生服务站配不到与医院相同的药品。柳巷、望湖两个街道的走访显示，老年患者每月要专程到区医院配药两次，往返平均一小时四十分钟，部分患者因此自行减量或停药。',
  cause: '社区站点的药品目录按服务人口核定，一年只调整一次，与医院目录差一百一十余个品种；长处方只能在首诊医院开具，社区医生无权续方；药品配送由各站自行联系，用量小的品种无人配送。',
  advice: '一是由区卫生健康部门按季度比对医院与社区目录，把使用量居前的慢性病药品纳入社区配备。二是在签约服务中明确社区医生续方的权限和期限。三是由区医共体统一配送，用量小的品种实行预约到站。',
  category: '卫生健康',
};

const PATIENCE_OF_LAW = 5_000;

/** From the hand of a member to the signature of the own unit. */
async function atHome(world, author, editor) {
  const id = await submitOnPhone(author, 'a1-zx', { ...report, picture: photo() });
  await world.picture(author, 'phone-submitted', { fullPage: true });
  await editor.locator(`[data-row="${id}"]`).waitFor();
  await world.picture(editor, 'inbox');
  await takeUp(editor, id);
  await author.getByText('许文静').first().waitFor();
  await edit(editor, {
    标题: '关于打通社区慢性病用药“最后一公里”的建议',
    情况反映: report.problem.replace('近半年', '今年上半年').replace('，部分患者因此自行减量或停药', ''),
  });
  await main(editor).getByText('原稿锁定，未改动').waitFor();
  await main(editor).getByText('修改痕迹', { exact: true }).click();
  await main(editor).locator('ins', { hasText: '打通' }).first().waitFor();
  await main(editor).locator('del').first().waitFor();
  await world.picture(editor, 'difference');
  await main(editor).getByText('原稿对照', { exact: true }).click();
  await main(editor).getByText('部分患者因此自行减量或停药').waitFor();
  await review(world, editor, 'a1-zx', id);
  await world.picture(editor, 'signed', { fullPage: true });
  return id;
}

/** A unit above takes up what came, opens the sealed copy beside its own, edits, has it signed. */
async function above(world, editor, tenant, heading, parts) {
  const id = await findByTitle(editor, '收件箱', heading);
  await takeUp(editor, id);
  await edit(editor, parts);
  await main(editor).getByText('原稿对照', { exact: true }).click();
  await main(editor).getByText('原件封存，未改动').waitFor();
  await main(editor).locator('article', { hasText: heading }).first().waitFor();
  await world.picture(editor, `${tenant}-sealed`);
  await review(world, editor, tenant, id);
  return id;
}

export default async function journey(world) {
  const author = await world.enter('zhoumin', 'a1-zx', 'phone');
  const county = await world.enter('xuwenjing', 'a1-zx');
  await box(county, '收件箱');
  const id = await atHome(world, author, county);
  await forward(county, ['政协临江市委员会']);

  const city = await world.enter('linyue', 'a-zx');
  const cityTitle = '关于打通社区慢性病用药衔接堵点的建议';
  const cityId = await above(world, city, 'a-zx', '关于打通社区慢性病用药“最后一公里”的建议', { 标题: cityTitle });
  const adopter = await world.enter('yehongmei', 'a-zx');
  await openFrom(adopter, '已签发', cityId);
  await adopt(adopter);
  await main(adopter).getByText('单篇采用').first().waitFor();
  await forward(city, ['政协江南省委员会']);

  const province = await world.enter('chenmohan', 'p1-zx');
  const provinceTitle = '关于统一社区与医院慢性病用药目录的建议';
  await above(world, province, 'p1-zx', cityTitle, { 标题: provinceTitle });
  await forward(province, ['全国政协']);

  const nation = await world.enter('jiangyutong', 'zx');
  const nationId = await above(world, nation, 'zx', provinceTitle, { 标题: '关于统一基层慢性病用药目录的建议' });
  const decider = await world.enter('songhanwen', 'zx');
  await openFrom(decider, '已签发', nationId);
  await fromNationToAuthor(world, author, decider);
  await lookBack(world, author, county, id);
}

/** The click of the national office, and the author's page that nobody touches. */
async function fromNationToAuthor(world, author, decider) {
  const way = author.locator('section', { has: author.getByRole('heading', { name: '办理经过' }) });
  if (await way.getByText(/全国政协.*采用/).count()) throw new Error('全国采用之前就显示了全国采用');
  let loaded = 0;
  author.on('load', () => { loaded += 1; });
  await press(decider, '采用');
  const dialog = decider.getByRole('dialog');
  const clicked = Date.now();
  await dialog.getByRole('button', { name: '确认采用' }).click();
  await way.getByText(/全国政协.*采用/).first().waitFor({ timeout: PATIENCE_OF_LAW });
  const took = Date.now() - clicked;
  if (took > PATIENCE_OF_LAW || loaded) throw new Error(`全国采用 ${took} 毫秒后才到作者页面，期间刷新 ${loaded} 次`);
  console.log(`      全国点击采用 → 作者打开着的手机页面：${took} 毫秒，四级三次转手，未刷新`);
  await author.getByRole('heading', { name: /采用 1 篇 2 篇次/ }).waitFor();
  await world.picture(author, 'phone-adopted', { fullPage: true });
  await author.getByRole('button', { name: '返回' }).click();
  await author.getByRole('link', { name: /消息/ }).click();
  await author.getByText(/全国政协.*采用/).first().waitFor();
  await world.picture(author, 'phone-notices');
}

/** The whole way, as the author sees it on the desk. */
async function lookBack(world, author, county, id) {
  const desk = await world.enter('zhoumin', 'a1-zx');
  await desk.setViewportSize({ width: 1366, height: 900 });
  await openFrom(desk, '我的稿件', id);
  await desk.getByRole('complementary').getByText(/全国政协.*采用/).first().waitFor();
  await main(desk).getByText('全国政协 · 单篇采用').waitFor();
  await world.picture(desk, 'author-desk');
  if (world.forReadme) await world.picture(desk, 'readme', { path: 'journeys/journey.png' });
  await until('沿途单位看到全国采用', async () => {
    await openFrom(county, '已签发', id);
    return main(county).getByText(/全国政协.*采用/).first().waitFor({ timeout: 3000 }).then(() => true);
  });
  await stands(county, '已签发');
}
