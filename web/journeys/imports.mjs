import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { choose, main, openFrom, press } from './desk.mjs';
import { downloaded, withRows, wordFile } from './files.mjs';
import { until } from './world.mjs';

export const title = '一个 Word 文件成稿，一张表格先检查再导入且重复导入不重复，一封来信转为线索';

const unit = 'a5-zx';
const stamp = Date.now().toString(36).slice(-6);

/** A Word file somebody wrote at home: its parts are recognised, looked over, and become a draft. */
async function word(world, editor) {
  await editor.goto(`/t/${unit}/imports`);
  const file = wordFile([
    `关于规范电动自行车充电桩收费的建议（${stamp}）`, '一、存在问题', '十一个小区充电桩服务费高于电费两倍，居民飞线充电。',
    '二、原因分析', '服务费没有备案和公示。', '三、对策建议', '服务费实行备案和公示，超标的限期整改。',
  ]);
  await editor.getByLabel('选择 Word 文件').setInputFiles({ ...file, name: '充电桩.docx' });
  await main(editor).getByText('核对识别的结果').waitFor();
  for (const [label, words] of [['标题', stamp], ['情况反映', '飞线充电'], ['原因分析', '没有备案'], ['对策建议', '限期整改']]) {
    await until(`识别出${label}`, async () => (await editor.getByLabel(label, { exact: true }).inputValue()).includes(words));
  }
  await world.picture(editor, 'word', { fullPage: true });
  await press(editor, '生成草稿');
  await editor.waitForURL(/\/reports\/[0-9a-f-]{36}\/edit$/);
  await until('草稿里有正文', async () => (await editor.getByLabel('对策建议', { exact: true }).inputValue()).includes('限期整改'));
}

const rows = [
  [`${stamp}-1`, `关于增设非机动车停放点的建议（${stamp}）`, '滨河路两侧早高峰停放非机动车三百余辆，占满盲道。', '', '划定停放区。', '交通运输', '', '林海生'],
  [`${stamp}-2`, `关于修复滨河步道路灯的建议（${stamp}）`, '滨河步道四十盏路灯有十七盏不亮。', '', '限期修复。', '城乡建设', '紧急', ''],
  [`${stamp}-3`, '', '只有正文，没有标题。', '', '', '交通运输', '', ''],
  [`${stamp}-4`, `关于某事的建议（${stamp}）`, '分类不在列表里。', '', '', '天文地理', '', ''],
];

/** A table of many: what is wrong is told by row, the rest comes in, and once only. */
async function table(world, editor) {
  await editor.goto(`/t/${unit}/imports?part=table`);
  const template = await downloaded(editor, () => editor.getByRole('link', { name: /模板$/ }).click());
  const filled = { name: '月度来稿.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: withRows(template.content, rows) };
  const upload = () => editor.getByLabel('上传表格并检查').setInputFiles(filled);
  const says = (words) => main(editor).getByRole('status').getByText(words).waitFor({ timeout: 30_000 });
  await upload();
  await says('可以导入 2 行，有问题 2 行，以前已有 0 行');
  for (const reason of [/标题/, /天文地理|分类/]) await main(editor).getByRole('cell', { name: reason }).first().waitFor();
  await world.picture(editor, 'table-checked', { fullPage: true });
  await press(editor, '导入 2 行');
  await says('导入完成：新增 2');
  await main(editor).getByText('已导入 2', { exact: true }).click();
  await main(editor).getByRole('link', { name: rows[0][1] }).waitFor();
  await world.picture(editor, 'table-done', { fullPage: true });
  await upload();
  await says('可以导入 0 行，有问题 2 行，以前已有 2 行');
  await main(editor).getByRole('button', { name: /^导入 0 行$/ }).waitFor();
  const row = editor.locator('[data-row]', { hasText: rows[1][1] });
  await editor.goto(`/t/${unit}/inbox`);
  await row.waitFor();
  await openFrom(editor, '收件箱', await row.getAttribute('data-row'));
  await main(editor).getByText('四十盏路灯').first().waitFor();
}

const letter = [
  'From: =?UTF-8?B?5L2P5oi3?= <resident@example.com>', 'To: info@a5.example.cn', `Subject: =?UTF-8?B?${Buffer.from(`桥下积水（${stamp}）`).toString('base64')}?=`,
  `Message-ID: <${stamp}@example.com>`, 'Date: Mon, 30 Nov 2026 09:00:00 +0800', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '',
  '滨河立交桥下逢雨积水三十厘米，电动车不能通过。', '',
].join('\r\n');

/** A mail to the unit becomes a clue; it is read once. */
async function mail(world, editor) {
  const box = join(world.mails, unit, 'inbox');
  for (const part of ['cur', 'new', 'tmp']) await mkdir(join(box, part), { recursive: true });
  await writeFile(join(box, 'new', `${Date.now()}.1.mail`), letter);
  const head = await world.enter('kongdeming', unit);
  await head.goto(`/t/${unit}/settings?part=mailbox`);
  await choose(head, main(head), '种类', '邮件文件夹');
  await head.getByRole('textbox', { name: /^文件夹/ }).fill('inbox');
  await head.getByLabel(/^启用/).check();
  await press(head, '保存');
  await head.getByText('已保存').waitFor();
  await world.picture(head, 'mailbox', { fullPage: true });
  await press(head, '立即收信');
  await head.getByText('已安排收信').waitFor();
  await editor.goto(`/t/${unit}/imports?part=mail`);
  const subject = main(editor).getByRole('link', { name: `桥下积水（${stamp}）` });
  await until('来信已收', async () => {
    if (await subject.count()) return true;
    await editor.reload();
    await main(editor).getByText('邮箱来信').waitFor();
    return false;
  }, 30_000);
  await main(editor).getByText('转为线索').last().waitFor();
  await world.picture(editor, 'mails');
  await subject.click();
  await main(editor).getByText('滨河立交桥下逢雨积水三十厘米').first().waitFor();
  await press(head, '立即收信');
  await editor.goto(`/t/${unit}/imports?part=mail`);
  await until('信只收一次', async () => (await subject.count()) === 1);
}

export default async function journey(world) {
  const editor = await world.enter('lixiang', unit);
  await word(world, editor);
  await table(world, editor);
  await mail(world, editor);
}
