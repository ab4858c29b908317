import { box, decide, main, openFrom, press, takeUp } from './desk.mjs';
import { submitOnPhone } from './phone.mjs';

export const title = '带理由退回，作者在手机上修改后重新提交，编辑看到修改痕迹';

const report = {
  title: '关于规范快递车辆停放的建议',
  problem: '湖滨站所在的柳巷商圈，每天有六十余辆快递三轮车在人行道装卸，行人被迫走到机动车道。',
  cause: '商圈没有划定装卸区，物业也不允许进入地下车库。',
  advice: '由城管部门会同商圈物业划定限时装卸区。',
  category: '交通运输',
};
const words = '请补充走访的时间和数据来源，并说明是否征求过物业意见。';
const added = '据九月三日至九日连续七天的现场清点，';

export default async function journey(world) {
  const author = await world.enter('maxiaoyong', 'a1-zx', 'phone');
  const id = await submitOnPhone(author, 'a1-zx', report);
  const editor = await world.enter('xuwenjing', 'a1-zx');
  await takeUp(editor, id);
  await decide(editor, '退回', words);

  await author.getByRole('heading', { name: '退回修改' }).waitFor();
  await author.getByText(words).first().waitFor();
  await world.picture(author, 'phone');
  await author.getByRole('button', { name: '修改后重新提交' }).click();
  await author.getByLabel(/^问题/).fill(added + report.problem);
  await author.getByRole('button', { name: '提交', exact: true }).click();
  await author.getByRole('heading', { name: '办理经过' }).waitFor();

  await box(editor, '收件箱');
  await openFrom(editor, '收件箱', id);
  await press(editor, '受理');
  await main(editor).getByText('修改痕迹', { exact: true }).waitFor();
  await main(editor).getByText('修改痕迹', { exact: true }).click();
  await main(editor).locator('article').getByText(added.slice(0, 8)).first().waitFor();
  await editor.getByRole('complementary').getByText(words).first().waitFor();
  await world.picture(editor, 'desk');
}
