import { AxeBuilder } from '@axe-core/playwright';
import { confirm, main, press } from './desk.mjs';
import { until } from './world.mjs';

export const title = '活动下发到区里就看得见，布置收集任务；扫码的人不用登录留下线索，收集点各计各的；走访登记后生成线索';

const survey = '养老服务供给专题调研';
const studio = '南湖委员工作室';

export default async function journey(world) {
  const editor = await world.enter('linyue', 'a-zx');
  await seenBelow(world, editor);
  await scanned(world, editor);
  await visited(world, editor);
  await editor.setViewportSize({ width: 390, height: 844 });
  for (const page of ['calendar', 'visits', 'points']) {
    await editor.goto(`/t/a-zx/${page}`);
    await main(editor).getByRole('heading', { level: 1 }).waitFor();
    await until(`${page} 不横向溢出`, () => editor.evaluate(() => document.scrollingElement.scrollWidth <= window.innerWidth));
    await world.picture(editor, `narrow-${page}`);
  }
}

/** What the city arranged stands on the district's calendar; a change follows; the district gives its own task. */
async function seenBelow(world, editor) {
  await editor.goto('/t/a-zx/calendar');
  await main(editor).getByText('列表', { exact: true }).click();
  await editor.locator('[data-row]', { hasText: survey }).click();
  await main(editor).getByText('下发情况').waitFor();
  await press(editor, '修改');
  await editor.getByRole('dialog').getByLabel('地点').fill('市民中心');
  await confirm(editor, /^保存$/);
  const clerk = await world.enter('xuwenjing', 'a1-zx');
  await until('区里看到新的地点', async () => {
    await clerk.goto('/t/a1-zx/calendar');
    await main(clerk).getByText('列表', { exact: true }).click();
    return clerk.locator('[data-row]', { hasText: survey }).getByText('市民中心').isVisible({ timeout: 3000 }).catch(() => false);
  });
  await clerk.locator('[data-row]', { hasText: survey }).click();
  await main(clerk).getByText('由政协临江市委员会安排').waitFor();
  await press(clerk, '布置收集任务');
  const dialog = clerk.getByRole('dialog');
  await dialog.getByLabel('交给').fill('周敏');
  await clerk.locator('.ant-select-item-option', { hasText: '周敏' }).first().click();
  await dialog.getByLabel('任务').click();
  await dialog.getByLabel('期限').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
  await confirm(clerk, /^布置$/);
  await main(clerk).getByText('周敏').first().waitFor();
  await press(clerk, '登记线索');
  const entry = clerk.getByRole('dialog');
  await entry.getByLabel('标题').fill('护理员夜班补贴不到位');
  await entry.getByLabel('内容', { exact: true }).fill('三家机构反映夜班补贴标准不一。');
  await confirm(clerk, /^登记$/);
  await main(clerk).getByRole('link', { name: '1 条' }).waitFor();
  await world.picture(clerk, 'calendar-below');
}

/** The form behind the code: on a phone, without a login; counted where it was left. */
async function scanned(world, editor) {
  await editor.goto('/t/a-zx/points');
  await editor.locator('[data-row]', { hasText: studio }).click();
  const code = main(editor).getByRole('img', { name: `${studio}的二维码` });
  await until('二维码', () => code.evaluate((image) => image.naturalWidth === 720));
  const address = await main(editor).getByRole('link', { name: /\/p\/a-zx\// }).getAttribute('href');
  const visitor = await world.visitor('phone');
  await visitor.goto(address);
  await visitor.getByRole('heading', { name: studio }).waitFor();
  await visitor.getByRole('button', { name: '提交' }).click();
  await visitor.getByText('请填写反映的内容').waitFor();
  await world.picture(visitor, 'form');
  const { violations } = await new AxeBuilder({ page: visitor }).analyze();
  if (violations.length) throw new Error(`表单的无障碍问题：${violations.map((one) => one.id).join('、')}`);
  await visitor.getByLabel(/您要反映的情况/).fill('南湖公园夜间照明不足，东门到凉亭一段路灯坏了半个月。');
  await visitor.getByLabel(/联系电话/).fill('13900005678');
  await until('回执', async () => {
    await visitor.getByRole('button', { name: '提交' }).click({ timeout: 2000 }).catch(() => undefined);
    return visitor.getByText(/回执编号：\d{6}-/).isVisible({ timeout: 2500 }).catch(() => false);
  });
  await world.picture(visitor, 'receipt');
  await visitor.goto(address.replace(/[^/]+$/, 'aaaaaaaa'));
  await visitor.getByText('没有找到这个收集点').waitFor();

  await editor.locator('[data-row]', { hasText: studio }).getByText('线索 1').waitFor();
  await main(editor).getByText('139****5678').waitFor();
  await world.picture(editor, 'points');
  await main(editor).getByRole('link', { name: '在线索池中查看' }).click();
  await editor.locator('[data-row]', { hasText: '南湖公园夜间照明不足' }).waitFor();
}

/** A visit of the rota is logged, and what was heard becomes a clue. */
async function visited(world, editor) {
  await editor.goto('/t/a-zx/visits?view=rota');
  await main(editor).getByRole('button', { name: /南湖社区.*登记走访/ }).click();
  await editor.getByRole('dialog').getByLabel('听到的情况').fill('社区养老食堂中午排队四十分钟，送餐人手不够。');
  await confirm(editor, /^登记$/);
  await main(editor).getByRole('heading', { name: /南湖社区/ }).waitFor();
  await press(editor, '生成线索');
  await confirm(editor, /^生成$/);
  await main(editor).getByRole('link', { name: '1 条' }).waitFor();
  await editor.goto('/t/a-zx/visits');
  await main(editor).getByText(/排班 2 次，完成 2 次/).waitFor();
  await main(editor).getByRole('button', { name: /三进一走访/ }).click();
  await main(editor).getByText('已走访').first().waitFor();
  await world.picture(editor, 'visits');
}
