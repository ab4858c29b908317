import { adopt, box, confirm, findByTitle, main, openFrom, press, review, takeUp } from './desk.mjs';
import { sentUp } from './ways.mjs';

export const title = '市里把两个区的来稿综合成一篇采用，两位作者都看到；一次操作报两家';

const mould = {
  title: '关于缓解模具企业技能工人断档的建议',
  problem: '新埠开发区四十七家模具企业中，三十一家反映招不到会用五轴机床的操作工，平均空缺四个月。今年已有六家企业因此推迟交货，两家把订单转到外省。',
  cause: '区内中职学校的数控专业仍以三轴机床教学，实训设备平均使用十一年；企业自己培养一名熟手要两年，跳槽率超过四成，不敢投入。',
  advice: '由市人社部门牵头，支持学校与企业共建实训车间，设备按折旧分摊；对带徒满两年的企业给予补贴，技能等级由行业协会认定。',
  category: '劳动和社会保障',
};
const campus = {
  title: '关于大学城毕业生就近就业的建议',
  problem: '桂溪大学城每年毕业生一万四千人，留在本市工作的不足两成。对三百二十名应届生的问卷显示，六成不了解本市制造企业的岗位，四成认为实习机会少。',
  cause: '校企对接以招聘会为主，集中在毕业前三个月；企业岗位信息分散在各区平台，学校就业办看不到。',
  advice: '建立全市统一的实习岗位目录，学校可按专业预约；对接收实习生满三个月的企业，按人数给予补助。',
  category: '劳动和社会保障',
};
const together = '关于打通技能人才培养与就业衔接的建议';
const city = '政协临江市委员会';

export default async function journey(world) {
  const one = await sentUp(world, { author: 'yangfan', editor: 'lixiang', tenant: 'a5-zx', report: mould, to: [city, '政协江南省委员会'] });
  const two = await sentUp(world, { author: 'duzihan', editor: 'songjiayi', tenant: 'a3-zx', report: campus, to: [city] });

  const editor = await world.enter('linyue', 'a-zx');
  const ids = [];
  for (const report of [mould, campus]) {
    const id = await findByTitle(editor, '收件箱', report.title);
    await takeUp(editor, id);
    ids.push(id);
  }
  const id = await combine(world, editor, ids);
  await review(world, editor, 'a-zx', id);
  const adopter = await world.enter('yehongmei', 'a-zx');
  await openFrom(adopter, '已签发', id);
  await adopt(adopter);
  for (const { phone } of [one, two]) {
    await phone.getByText(/临江市.*采用（综合）/).first().waitFor();
    await phone.getByText(/综合采用/).first().waitFor();
  }
  await world.picture(two.phone, 'author');
  await openFrom(one.desk, '已签发', one.id);
  await main(one.desk).getByText(/政协临江市委员会 · 综合采用/).waitFor();
  await threeTexts(world, one.desk);
}

/** The first source gets the larger share. */
async function share(editor) {
  await editor.getByRole('button', { name: '调整次序和份额' }).click();
  const dialog = editor.getByRole('dialog');
  await dialog.getByLabel(`份额：${mould.title}`).fill('60');
  await dialog.getByText('份额合计 110%，应为 100%').waitFor();
  await dialog.getByLabel(`份额：${campus.title}`).fill('40');
  await confirm(editor, /^保存$/);
  for (const part of ['60%', '40%']) await editor.getByRole('complementary').getByText(part, { exact: true }).waitFor();
}

/** The text as it came, as it was edited and as it was signed, beside each other. */
async function threeTexts(world, editor) {
  await main(editor).getByText('三稿对照', { exact: true }).click();
  const region = main(editor).getByRole('region', { name: '三稿对照' });
  for (const head of ['原稿', '签发稿']) await region.getByText(head, { exact: true }).waitFor();
  await world.picture(editor, 'three-texts', { fullPage: true });
}

/** Ticks the reports in the list and makes one of them. */
async function combine(world, editor, ids) {
  await box(editor, '在办稿件');
  for (const id of ids) await editor.locator(`[data-row="${id}"]`).getByRole('checkbox').check();
  await world.picture(editor, 'ticked');
  await editor.getByRole('status').getByRole('button', { name: '综合采编' }).click();
  await main(editor).getByRole('heading', { level: 1, name: '综合采编' }).waitFor();
  await editor.getByLabel('标题', { exact: true }).fill(together);
  for (const part of ['情况反映', '原因分析', '对策建议']) {
    for (const button of await editor.getByRole('button', { name: `取用${part}` }).all()) await button.click();
  }
  await main(editor).getByText('份额合计 100%').waitFor();
  await world.picture(editor, 'combining');
  await press(editor, '生成综合稿');
  await editor.waitForURL(/\/reports\/[^/]+$/);
  await main(editor).getByRole('heading', { level: 1, name: together }).waitFor();
  await editor.getByRole('complementary').getByText('来源稿件').waitFor();
  await share(editor);
  await world.picture(editor, 'combined');
  return editor.url().split('/').pop();
}
