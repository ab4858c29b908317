import { readFile } from 'node:fs/promises';
import { main, pick, press } from './desk.mjs';
import { until } from './world.mjs';

export const title = '台账：批量指定牵头领导、联系委室和跟踪人，跟踪人收到通知，视图按名保存，屏幕上是什么就导出什么';

const shown = '.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option';

export default async function journey(world) {
  const head = await world.enter('lujianping', 'a1-zx');
  await head.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '台账' }).click();
  const rows = main(head).locator('tbody [data-row]');
  await rows.nth(3).waitFor();
  // With the keyboard: down twice, tick the second, look at it; with the mouse tick one more.
  await head.keyboard.press('j');
  await head.keyboard.press('x');
  await head.keyboard.press('j');
  await head.keyboard.press('x');
  await head.getByRole('status').getByText('已选 2 篇').waitFor();
  await world.picture(head, 'ticked');
  await head.getByRole('status').getByRole('button', { name: '指定责任人' }).click();
  const dialog = head.getByRole('dialog');
  await pick(dialog, '牵头副秘书长', '韩志远');
  await pick(dialog, '跟踪人', '许文静');
  await dialog.getByLabel('联系委室').click();
  await head.locator(shown, { hasText: '提案委员会' }).click();
  await dialog.getByLabel('备注').fill('主席会议关注');
  await world.picture(head, 'assign');
  await dialog.getByRole('button', { name: '确定' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await until('两行都有牵头人', async () => (await rows.getByText('韩志远').count()) >= 2);

  const follow = await world.enter('xuwenjing', 'a1-zx');
  await follow.goto('/t/a1-zx/notices');
  await main(follow).getByText(/跟踪办理.*等 2 篇信息/).first().waitFor();
  await follow.goto('/t/a1-zx/ledger');
  await main(follow).getByLabel('我跟进的').click(); // ticked once the address has it
  await until('只剩我跟进的两篇', async () => (await main(follow).locator('tbody [data-row]').count()) === 2);
  await press(follow, '选择列');
  const columns = follow.getByRole('dialog');
  for (const name of ['编号', '反映人', '签发日期', '报送日期', '最新结果']) await columns.getByRole('checkbox', { name, exact: true }).uncheck();
  await columns.getByRole('checkbox', { name: '备注', exact: true }).check();
  await columns.getByRole('button', { name: '应用' }).click();
  await columns.waitFor({ state: 'hidden' });
  await main(follow).getByRole('columnheader', { name: '备注' }).waitFor();
  await main(follow).getByText('主席会议关注').first().waitFor();

  await main(follow).getByRole('button', { name: '保存当前视图' }).click();
  const naming = follow.getByRole('dialog').last();
  await naming.getByRole('textbox').fill('我的跟踪');
  await naming.getByRole('checkbox', { name: '本单位共享' }).check();
  await naming.getByRole('button', { name: '保存' }).click();
  await naming.waitFor({ state: 'hidden' });
  await world.picture(follow, 'mine');

  const [download] = await Promise.all([follow.waitForEvent('download'), main(follow).getByRole('link', { name: '导出当前台账' }).click()]);
  const file = await readFile(await download.path());
  if (!/台账.*\.xlsx$/.test(download.suggestedFilename()) || file.subarray(0, 2).toString() !== 'PK') throw new Error(`导出的不是表格：${download.suggestedFilename()}`);

  // Somebody else opens the shared view; on a narrow screen it still works.
  await head.reload();
  await main(head).getByRole('button', { name: /我的跟踪/ }).click();
  await main(head).getByText('没有符合条件的稿件').waitFor();
  await press(head, '清除条件');
  await rows.first().waitFor();
  await head.setViewportSize({ width: 390, height: 844 });
  await world.picture(head, 'narrow');
}
