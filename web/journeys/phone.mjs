import { deflateSync } from 'node:zlib';
import { crc } from './files.mjs';
import { until } from './world.mjs';

/** Submits a report on the phone as its author; answers its id. */
export async function submitOnPhone(page, tenant, { title, problem, cause, advice, category, urgency, picture }) {
  await page.goto(`/m/t/${tenant}`);
  await page.getByRole('link', { name: '写信息' }).click();
  await page.getByLabel(/^标题/).fill(title);
  await page.getByLabel(/^问题/).fill(problem);
  await page.getByLabel(/^原因/).fill(cause);
  await page.getByLabel(/^建议/).fill(advice);
  await page.getByLabel(/^分类/).selectOption(category);
  if (urgency) await page.getByText(urgency, { exact: true }).click();
  if (picture) {
    await page.locator('input[type=file]').first().setInputFiles(picture);
    await page.getByText('已上传').waitFor();
  }
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByRole('heading', { name: '办理经过' }).waitFor();
  return until('提交后的稿件地址', () => /\/reports\/([0-9a-f-]{36})$/.exec(page.url())?.[1]);
}

/** A small picture: a PNG of one colour, as a camera would name it. */
export function photo(name = 'IMG_20261012_090412.png') {
  const width = 320, height = 240;
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = (y) => Buffer.from([0, ...Array.from({ length: width }, (_, x) => [90 + (x >> 2), 130 + (y >> 2), 160]).flat()]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, (_, y) => row(y))));
  const png = Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
  return { name, mimeType: 'image/png', buffer: png };
}
