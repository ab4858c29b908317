import { confirm, main, openFrom } from './desk.mjs';
import { until } from './world.mjs';

export const title = '写作提示一键遮盖个人信息，保密自查后提交；逐篇初筛评分排队，按本单位自己的理由退回';

const report = {
  title: '关于整治南浦农产品批发市场夜间占道装卸的建议',
  problem: '南浦农产品批发市场周边，每晚有大量货车占道装卸，居民联系人王先生13812345678多次反映。',
  cause: '市场内装卸区只有两处，进场排队时间长。',
  advice: '由市场管理方会同交警划定限时装卸区。',
  category: '交通运输',
};
const reason = '占道经营类问题先由街道处置的不用';
const told = '请先由街道处置，处置不了再反映';

/** The head of the office adds a reason of the unit's own. */
async function addReason(page) {
  await page.goto('/t/a4-zx/settings?part=checklists');
  await main(page).getByRole('button', { name: '修改：三用三不用' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '增加一项' }).click();
  const at = await dialog.getByRole('textbox', { name: /^第 \d+ 项$/ }).count();
  await dialog.getByRole('textbox', { name: `第 ${at} 项`, exact: true }).fill(reason);
  await dialog.getByLabel(`第 ${at} 项的类型`).click();
  await page.locator('.ant-select-item-option', { hasText: '不得' }).last().click();
  await dialog.getByRole('checkbox', { name: '退回' }).last().check();
  await dialog.getByLabel(`第 ${at} 项的告知用语`).fill(told);
  await confirm(page, /^保存$/);
  await main(page).getByText('第 1 次修改').waitFor();
}

/** The author writes on the phone: hints come while writing, a number is masked, the check of secrecy is asked for. */
async function write(world) {
  const page = await world.enter('xuhaitao', 'a4-zx', 'phone');
  await page.goto('/m/t/a4-zx');
  await page.getByRole('link', { name: '写信息' }).click();
  await page.getByLabel(/^标题/).fill(report.title);
  await page.getByLabel(/^问题/).fill(report.problem);
  const hints = page.getByRole('region', { name: '写作提示' });
  await hints.getByText('像是手机号').waitFor();
  await world.picture(page, 'phone-hints', { fullPage: true });
  await hints.getByRole('button', { name: '遮盖：13812345678' }).click();
  await until('手机号已遮盖', async () => (await page.getByLabel(/^问题/).inputValue()).includes('138****5678'));
  await page.getByLabel(/^分类/).selectOption(report.category);
  await page.getByText('紧急', { exact: true }).click();
  await page.getByText('预警', { exact: true }).click();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('本单位要求写明原因分析').waitFor();
  await page.getByText('本单位要求写明对策建议').waitFor();
  await page.getByLabel(/^原因/).fill(report.cause);
  await page.getByLabel(/^建议/).fill(report.advice);
  await page.getByLabel(/^数据与来源/).fill('十月二日至八日连续七晚现场清点');
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByText('请先核对并勾选不涉密确认').waitFor();
  await page.getByLabel(/我已自查/).check();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByRole('heading', { name: '办理经过' }).waitFor();
  return [page, /\/reports\/([0-9a-f-]{36})$/.exec(page.url())[1]];
}

/** The editor screens one after another; the urgent one comes first. */
async function screen(world, page) {
  await page.goto('/t/a4-zx/screen');
  await main(page).getByRole('heading', { name: '逐篇初筛' }).waitFor();
  const text = main(page).getByRole('region', { name: '稿件正文' });
  await until('轮到这一篇', async () => {
    await text.waitFor();
    if ((await text.innerText()).includes(report.title)) return true;
    await page.keyboard.press('j');
    return false;
  });
  await main(page).getByText(/提示建议 \d 分/).first().waitFor();
  for (const mark of ['4', '3', '5']) await page.keyboard.press(mark);
  await main(page).getByText('76 分', { exact: true }).waitFor();
  await world.picture(page, 'triage');
  await page.keyboard.press('s');
  await main(page).getByRole('button', { name: '重新评分' }).waitFor();
  await main(page).getByRole('button', { name: '退回', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(told, { exact: true }).click();
  await world.picture(page, 'reasons');
  await confirm(page, /^确认退回$/);
  await until('打开了下一篇', async () => !(await main(page).innerText()).includes(report.title));
}

export default async function journey(world) {
  const head = await world.enter('shenguoping', 'a4-zx');
  await addReason(head);
  await world.picture(head, 'settings');
  const [author, id] = await write(world);
  const editor = await world.enter('fangyuanyuan', 'a4-zx');
  await editor.goto('/t/a4-zx/inbox?order=priority');
  await editor.locator(`[data-row="${id}"]`).waitFor();
  await world.picture(editor, 'queue');
  await screen(world, editor);
  await author.getByText(told).first().waitFor();
  if (await author.getByText('初筛').count()) throw new Error('来稿人看到了初筛评分');

  // On the desk: a list ticked, a hint led to its place.
  await openFrom(editor, '在办稿件', id);
  await main(editor).getByText('数据与来源', { exact: true }).waitFor();
  await head.goto('/t/a4-zx/settings?part=report-rules');
  await main(head).getByRole('checkbox', { name: '提交前必须确认' }).waitFor();
  await world.picture(head, 'rules');
}
