import { confirm, findByTitle, main, press, stands, takeUp } from './desk.mjs';
import { until } from './world.mjs';
import { sentUp } from './ways.mjs';

export const title = '市级领导批示传到县区作者手机；会办、申退改派、答复退回再办、作者手机评价满意、以A类办结归档';

const report = {
  title: '关于整修云溪路非机动车道的建议',
  problem: '云溪路两公里非机动车道坑洼积水，早晚高峰时电动车驶入机动车道，附近两所学校的家长反映强烈。',
  cause: '道路移交后养护单位没有明确，近三年没有整修。',
  advice: '由市政部门会同交通部门明确养护单位，暑期前完成整修。',
  category: '交通运输',
};
const secret = '请交通局牵头，一个月内整修到位。';
const panel = (page) => main(page).locator('section', { has: page.getByRole('heading', { name: '批示与办理' }) }).first();
const dialogOf = (page) => page.getByRole('dialog').last();
const partOf = (page, name) => panel(page).locator('div[class*=part]', { hasText: name }).first();

/** One step of a department's part: the button, what is filled in, the confirmation. */
async function step(page, department, button, fill = {}) {
  await partOf(page, department).getByRole('button', { name: button, exact: true }).click();
  for (const [label, text] of Object.entries(fill)) await dialogOf(page).getByLabel(label).fill(text);
  await confirm(page, new RegExp(`^${button}$`));
}

/** The city's clerk writes down what a leader wrote; the author's phone hears the fact and never the text. */
async function instruct(world, city, phone) {
  await panel(city).getByRole('button', { name: '登记批示', exact: true }).click();
  await dialogOf(city).getByLabel('领导姓名').fill('沈志远');
  await dialogOf(city).getByLabel(/^批示内容/).fill(secret);
  await world.picture(city, 'instruction');
  await confirm(city, /^登记$/);
  await panel(city).getByText(secret).waitFor();
  await phone.getByText('获市级领导批示').first().waitFor({ timeout: 20_000 });
  await phone.getByRole('heading', { name: '批示与办理' }).waitFor();
  if ((await phone.locator('body').innerText()).includes('一个月内')) throw new Error('作者看到了批示内容');
  await world.picture(phone, 'phone-instructed', { fullPage: true });
}

/** Two departments, one of which refuses and is replaced. */
async function assign(world, city) {
  await panel(city).getByRole('button', { name: /^交\s?办$/ }).click();
  const dialog = dialogOf(city);
  await dialog.getByRole('radio', { name: '会办' }).check();
  await dialog.getByLabel('承办单位1').fill('临江市交通运输局');
  await dialog.getByLabel('承办单位2').fill('临江市财政局');
  await dialog.getByLabel(/^办理要求/).fill('请按批示要求办理，并书面答复。');
  await world.picture(city, 'assign');
  await confirm(city, /^交\s?办$/);
  await step(city, '财政局', '登记申退', { 申退的理由: '资金已在部门预算内，不需本局办理。' });
  await partOf(city, '财政局').getByText('已申退').waitFor();
  await step(city, '财政局', '改派', { 改派给: '临江市城市管理局' });
  await partOf(city, '城市管理局').getByText('待签收').waitFor();
}

/** Replies: one goes back and is given again; then both have passed. */
async function reply(world, city) {
  await step(city, '城市管理局', '登记签收');
  await step(city, '城市管理局', '登记答复', { 答复内容: '已完成排水口清理。' });
  await step(city, '城市管理局', '审核通过');
  await step(city, '交通运输局', '登记签收');
  await step(city, '交通运输局', '登记答复', { 答复内容: '将适时研究。' });
  await step(city, '交通运输局', '退回重办', { 退回的意见: '请写明整修时限和责任单位。' });
  await step(city, '交通运输局', '登记答复', { 答复内容: '已明确由市公路中心养护，六月底前完成整修。' });
  await partOf(city, '交通运输局').getByText('待审核').waitFor();
  await step(city, '交通运输局', '审核通过');
  await partOf(city, '交通运输局').getByText('已通过').waitFor();
}

export default async function journey(world) {
  const { phone } = await sentUp(world, { author: 'maxiaoyong', editor: 'xuwenjing', tenant: 'a1-zx', report, to: ['政协临江市委员会'] });
  const city = await world.enter('linyue', 'a-zx');
  const above = await findByTitle(city, '收件箱', report.title);
  await takeUp(city, above);
  await instruct(world, city, phone);
  await assign(world, city);

  // Nothing is archived while departments have it.
  await press(city, '更多');
  await city.getByRole('menuitem', { name: '归档' }).click();
  await city.getByText('还有交办事项没有办结，不能归档').waitFor();

  await reply(world, city);
  await phone.getByText('六月底前完成整修', { exact: false }).waitFor({ timeout: 20_000 });
  await phone.getByLabel('满意', { exact: true }).check();
  await world.picture(phone, 'phone-rate', { fullPage: true });
  await phone.getByRole('button', { name: '提交评价' }).click();
  await phone.getByText('您的评价：满意').waitFor();
  await panel(city).getByText('反映人满意').waitFor({ timeout: 20_000 });

  await panel(city).getByText(/^办理经过/).click();
  await world.picture(city, 'steps', { fullPage: true });
  await panel(city).getByRole('button', { name: /^办\s?结$/ }).click();
  await dialogOf(city).getByRole('radio', { name: /^A类/ }).check();
  await dialogOf(city).getByLabel(/^公众反馈/).fill('云溪路非机动车道已落实养护单位，六月底前整修完毕。');
  await confirm(city, /^办\s?结$/);
  await panel(city).getByText('A类：已经解决或采纳').first().waitFor();
  await phone.getByText('办结 A类', { exact: false }).waitFor({ timeout: 20_000 });
  await world.picture(phone, 'phone-closed', { fullPage: true });

  await press(city, '更多');
  await city.getByRole('menuitem', { name: '归档' }).click();
  await stands(city, '已归档');

  const head = await world.enter('yehongmei', 'a-zx');
  await head.goto('/t/a-zx/supervision');
  await until('督办清单', async () => (await main(head).getByRole('row').count()) > 1);
  await world.picture(head, 'supervision');
  await main(head).getByText('已答复', { exact: false }).first().click();
  await main(head).getByRole('link', { name: report.title }).first().waitFor();
}
