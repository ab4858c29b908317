import { confirm, findByTitle, main, openFrom, press, takeUp } from './desk.mjs';
import { signedAtHome } from './ways.mjs';

export const title = '市政协发布报送要求，区里同时报市和省，签名有效、初核表随附，市里批注并要求补充材料，区里带附件答复';

const report = {
  title: '关于规范电动自行车以旧换新旧车处置的建议',
  problem: '新埠开发区今年以旧换新回收旧电动自行车四千六百辆，其中一千二百辆堆放在三处露天场地，铅酸电池没有拆下单独存放。',
  cause: '换新补贴只核对新车发票，旧车去向没有登记；有资质的拆解企业只有一家，日处理能力四十辆。',
  advice: '一是旧车入库登记后再拨付补贴。二是增加一家拆解企业。三是对露天堆放限期清理。',
  category: '城乡建设',
};
const city = '政协临江市委员会';
const province = '政协江南省委员会';
const rules = '一事一报，数据注明来源和时间；篇幅宜短。';
const remark = '选题好。请把三处场地的位置和存放时间写清楚，省里也可能问到。';
const question = '请补充三处露天场地的清单和堆放数量。';
const answer = '已到现场清点，清单见附件，合计一千一百八十七辆。';

const panel = (page, name) => main(page).locator('section', { has: page.getByRole('heading', { name, exact: true }) });

const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The city says what it asks for; it goes down by itself. */
async function publish(world, editor) {
  await editor.goto('/t/a-zx/settings?part=requirements');
  await editor.getByLabel(/^要求/).fill(rules);
  await editor.getByLabel(/^正文最多字数/).fill('120');
  await editor.getByLabel(/^答复时限/).fill('10');
  await editor.getByLabel(/^一篇最多退回几次/).fill('2');
  await editor.getByLabel(/^报送时须附/).check();
  await press(editor, '发布');
  await editor.getByText(/已发布，正送达 \d+ 个单位/).waitFor();
  await world.picture(editor, 'requirements', { fullPage: true });
}

/** The editor below sees the demands beside the unit, with a warning, and sends along both lines at once. */
async function send(world, desk) {
  await press(desk, '报送上级');
  const dialog = desk.getByRole('dialog');
  await dialog.getByText(rules).waitFor({ timeout: 20_000 });
  await dialog.getByText(/本稿 \d+ 字，超出 \d+ 字/).waitFor();
  for (const name of [city, province]) await dialog.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await dialog.getByLabel(/^希望答复日期/).fill(inDays(9));
  await dialog.getByLabel(/^附言/).fill('请予参考。');
  await world.picture(desk, 'forwarding', { fullPage: true });
  await confirm(desk, /^报送/);
  for (const name of [city, province]) await panel(desk, '报送与反馈').getByText(name).first().waitFor();
}

/** The original above: the signature, the sign-off where it was asked for, by when to answer. */
async function opened(world, page, tenant, { sheet }) {
  const id = await findByTitle(page, '收件箱', report.title);
  await page.locator(`[data-row="${id}"]`).getByText(/月\d+日前答复/).waitFor();
  await world.picture(page, `${tenant}-inbox`);
  await takeUp(page, id);
  const original = panel(page, '来文原件');
  await original.getByText('签名有效').waitFor();
  await original.getByText('ed25519').waitFor();
  await original.getByText(`希望 ${inDays(9)} 前答复`).waitFor();
  if (sheet) await original.getByText('初核表').waitFor();
  else if (await original.getByText('初核表').count()) throw new Error('没有要求初核表的单位收到了初核表');
  await world.picture(page, `${tenant}-original`, { fullPage: true });
  return id;
}

export default async function journey(world) {
  const editor = await world.enter('linyue', 'a-zx');
  await publish(world, editor);
  const { id, desk } = await signedAtHome(world, { author: 'yangfan', editor: 'lixiang', tenant: 'a5-zx', report });
  await send(world, desk);

  const above = await opened(world, editor, 'a-zx', { sheet: true });
  await opened(world, await world.enter('chenmohan', 'p1-zx'), 'p1-zx', { sheet: false });

  await press(editor, '批注给下级');
  await editor.getByRole('dialog').getByLabel(/^批注/).fill(remark);
  await confirm(editor, /^发出$/);
  await press(editor, '要求补充材料');
  await editor.getByRole('dialog').getByLabel(/^要补充什么/).fill(question);
  await editor.getByRole('dialog').getByLabel(/^期限/).fill(inDays(5));
  await confirm(editor, /^发出$/);
  await panel(editor, '上下往来').getByText(question).waitFor();

  await openFrom(desk, '已签发', id);
  await panel(desk, '上下往来').getByText(remark).waitFor({ timeout: 20_000 });
  await panel(desk, '上下往来').getByText(question).waitFor();
  await panel(desk, '上下往来').getByRole('button', { name: '补充材料', exact: true }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel(/^补充说明/).fill(answer);
  await dialog.locator('input[type=file]').setInputFiles({ name: '堆放清单.txt', mimeType: 'text/plain', buffer: Buffer.from('纬三路场地 512 辆\n北港路场地 398 辆\n老码头场地 277 辆\n') });
  await dialog.getByRole('link', { name: '堆放清单.txt' }).waitFor();
  await world.picture(desk, 'answering');
  await confirm(desk, /^报送$/);
  await panel(desk, '上下往来').getByText('已补充').waitFor();
  await world.picture(desk, 'below', { fullPage: true });

  await openFrom(editor, '在办稿件', above);
  await panel(editor, '上下往来').getByText(answer).waitFor({ timeout: 20_000 });
  await panel(editor, '上下往来').getByRole('link', { name: '堆放清单.txt' }).waitFor();
  await panel(editor, '来文原件').getByText('签名有效').waitFor();
  await world.picture(editor, 'answered', { fullPage: true });

  await editor.goto('/t/a-zx/settings?part=signing-keys');
  await editor.getByText('使用中').waitFor();
  await world.picture(editor, 'keys');
}
