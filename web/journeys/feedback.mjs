import { createHmac } from 'node:crypto';
import { adopt, confirm, main, openFrom, press, takeUp } from './desk.mjs';
import { downloaded, wordsOf } from './files.mjs';
import { submitOnPhone } from './phone.mjs';
import { startHook } from './post.mjs';
import { until } from './world.mjs';

export const title = '委员选择邮件和网络回调，采用当即外发（签名）；电话反馈登记在案，开具采用证明，公开页面核验有效；例会自动列出反馈清单';

const unit = 'a1-zx';
const report = {
  title: '关于改善柳巷菜市场消防通道的建议',
  problem: '柳巷菜市场两条消防通道长期被摊位占用，消防车无法进入。',
  cause: '摊位划线多年没有更新。',
  advice: '由区消防救援大队会同街道重新划线，每月检查。',
  category: '公安与司法',
};

const must = (so, what) => {
  if (!so) throw new Error(what);
};

/** The administrator registers the member's address and opens mail and hook. */
async function open(world, hook, key) {
  const admin = await world.enter('keeper.system', unit);
  await main(admin).getByRole('heading', { level: 1 }).waitFor();
  await admin.evaluate(async ([tenant, login]) => {
    const members = await (await fetch(`/api/v1/t/${tenant}/members?limit=50&q=${encodeURIComponent('马小勇')}`)).json();
    const one = members.items?.find((member) => member.login === login);
    if (!one) throw new Error(JSON.stringify(members).slice(0, 400));
    const answer = await fetch(`/api/v1/t/${tenant}/members/${one.id}`, {
      method: 'PATCH', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `${Date.now()}-journey` }, body: JSON.stringify({ email: 'ma@example.com' }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  }, [unit, 'maxiaoyong']);
  await admin.goto(`/t/${unit}/settings?part=channels`);
  const mail = main(admin).getByRole('region', { name: '电子邮件' });
  await mail.getByText('启用', { exact: true }).click();
  await mail.getByText(/^带上消息内容/).click();
  await mail.getByRole('button', { name: '保存电子邮件' }).click();
  await admin.getByText('电子邮件已保存').waitFor();
  const web = main(admin).getByRole('region', { name: '网络回调' });
  await web.getByText('启用', { exact: true }).click();
  await web.getByLabel('回调地址').fill(hook.url);
  await web.getByLabel('签名密钥').fill(key);
  await web.getByRole('button', { name: '保存网络回调' }).click();
  await admin.getByText('网络回调已保存').waitFor();
  await world.picture(admin, 'channels', { fullPage: true });
}

/** The member chooses both, at any hour. */
async function choose(world) {
  const member = await world.enter('maxiaoyong', unit);
  await member.goto(`/t/${unit}/notices`);
  await press(member, '接收方式');
  const outcomes = main(member).getByRole('group', { name: '采用与处理结果' });
  await outcomes.getByText('电子邮件').click();
  await outcomes.getByText('网络回调').click();
  await main(member).getByText(/^免打扰/).click();
  await press(member, '保存');
  await member.getByText('已保存').waitFor();
  return member;
}

/** Both hear of the adoption at once: the hook signed, without the title; the mail with it, as the administrator allowed. */
async function heard(world, member, hook, key) {
  await until('网络回调收到采用', () => hook.calls.length > 0);
  const { headers, body } = hook.calls[0];
  const signed = createHmac('sha256', Buffer.from(key.slice(6), 'base64')).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`).digest('base64');
  must(headers['webhook-signature'] === `v1,${signed}`, '签名不对');
  must(JSON.parse(body).data.notices[0].kind === 'report.adopted' && !body.includes('菜市场'), `回调内容不对：${body}`);
  if (world.post) await until('邮件收到采用', () => world.post.mails.length > 0 && /To: .*ma@example\.com/.test(world.post.mails[0]));
  await until('发送记录', async () => {
    await member.reload();
    await main(member).getByRole('region', { name: '发送记录' }).waitFor({ timeout: 5000 });
    return (await main(member).getByText('已发送').count()) >= 2;
  });
  await world.picture(member, 'ways', { fullPage: true });
}

/** The clerk phones the author, writes it down, and prints the certificate. */
async function certified(world, clerk, id) {
  await clerk.goto(`/t/${unit}/reports/${id}`);
  const panel = main(clerk).locator('section', { has: clerk.getByRole('heading', { name: '反馈记录' }) });
  await panel.getByText('今天有结果，尚未告知作者').waitFor();
  await clerk.goto(`/t/${unit}/feedback`);
  await main(clerk).getByText(/未反馈 \d+ 件/).waitFor();
  await world.picture(clerk, 'untold');
  await clerk.goto(`/t/${unit}/reports/${id}`);
  await panel.getByRole('button', { name: '登记反馈' }).click();
  await clerk.getByRole('dialog').getByLabel('反馈内容').fill('电话告知已被区政协采用，作者表示感谢。');
  await confirm(clerk, /^登\s*记$/);
  await panel.getByText('当天告知').waitFor();
  const letter = await downloaded(clerk, () => panel.getByRole('button', { name: '反馈函' }).click());
  must(wordsOf(letter.content).includes(report.title), '反馈函没有写明信息');
  await panel.getByRole('button', { name: '开具采用证明' }).click();
  await confirm(clerk, /^开\s*具$/);
  const paper = await downloaded(clerk, () => panel.getByRole('button', { name: '打印证明' }).click());
  await world.picture(clerk, 'panel', { fullPage: true });
  const words = wordsOf(paper.content);
  return { number: /A1-ZX-\d{4}-\d{4}/.exec(words)[0], code: /[2-9A-Z]{4} [2-9A-Z]{4} [2-9A-Z]{4}/.exec(words)[0] };
}

/** Anybody asks on a telephone, without a login. */
async function verified(world, { number, code }) {
  const visitor = await world.visitor('phone');
  await visitor.goto('/verify');
  const ask = async (typed) => {
    await visitor.getByLabel('证明编号').fill(number);
    await visitor.getByLabel('验证码').fill(typed);
    await visitor.getByRole('button', { name: '核验' }).click();
  };
  await ask('AAAA BBBB CCCC');
  await visitor.getByRole('heading', { name: '无效' }).waitFor();
  await ask(code);
  await visitor.getByRole('heading', { name: '有效', exact: true }).waitFor();
  must(!(await visitor.locator('#root').innerText()).includes('菜市场'), '核验页说出了标题');
  await world.picture(visitor, 'verify');
}

/** The meeting's list has made itself, and stays when the meeting is closed. */
async function met(world, clerk) {
  await clerk.goto(`/t/${unit}/meetings`);
  await press(clerk, '安排例会');
  const dialog = clerk.getByRole('dialog');
  await dialog.getByLabel('名称').fill('十一月社情民意信息工作例会');
  await dialog.getByLabel('地点').fill('第一会议室');
  await dialog.getByLabel('议题').fill('通报采用情况\n研究下月选题');
  await dialog.getByLabel('纪要').fill('通报了各篇信息的采用情况，对未告知作者的逐篇落实。');
  await confirm(clerk, /^保\s*存$/);
  const list = main(clerk).getByRole('region', { name: '反馈清单' });
  await list.getByText(report.title).waitFor();
  await press(clerk, '办结');
  await clerk.getByRole('tooltip').getByRole('button', { name: /办\s*结/ }).click();
  await main(clerk).getByText(/办结$/).first().waitFor();
  await list.getByText(report.title).waitFor();
  const { content } = await downloaded(clerk, () => press(clerk, '下载 Word'));
  must(wordsOf(content).includes(report.title) && wordsOf(content).includes('第一会议室'), '例会材料不全');
  await world.picture(clerk, 'meeting', { fullPage: true });
}

export default async function journey(world) {
  const hook = await startHook();
  try {
    const phone = await world.enter('maxiaoyong', unit, 'phone');
    const id = await submitOnPhone(phone, unit, report);
    await phone.goto(`/m/t/${unit}`); // he does not wait on the page: seeing it there would be heard
    const clerk = await world.enter('xuwenjing', unit);
    await takeUp(clerk, id);
    const key = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;
    await open(world, hook, key);
    const member = await choose(world);
    const head = await world.enter('lujianping', unit);
    await openFrom(head, '在办', id);
    await adopt(head);
    await heard(world, member, hook, key);
    const certificate = await certified(world, clerk, id);
    await verified(world, certificate);
    await met(world, clerk);
  } finally {
    hook.close();
  }
}
