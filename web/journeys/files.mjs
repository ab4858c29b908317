import { readFile } from 'node:fs/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** What a press downloads: its name and content. */
export async function downloaded(page, press) {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 30_000 }), press()]);
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
}

/** The parts of an office file by name, as bytes. */
export function partsOf(content) {
  const parts = {};
  for (let at = content.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; at = content.indexOf('PK\u0001\u0002', at + 4, 'latin1')) {
    const name = content.toString('utf8', at + 46, at + 46 + content.readUInt16LE(at + 28));
    const head = content.readUInt32LE(at + 42);
    const from = head + 30 + content.readUInt16LE(head + 26) + content.readUInt16LE(head + 28);
    const packed = content.subarray(from, from + content.readUInt32LE(at + 20));
    parts[name] = content.readUInt16LE(at + 10) ? inflateRawSync(packed) : packed;
  }
  return parts;
}

/** The text of one part of an office file. */
export function partOf(content, name) {
  const part = partsOf(content)[name];
  if (!part) throw new Error(`文件里没有 ${name}`);
  return part.toString('utf8');
}

/** The words of a Word file, its runs joined, a line a paragraph. */
export const wordsOf = (content) => partOf(content, 'word/document.xml').replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '');

const table = Int32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
/** The checksum that pictures and archives carry. */
export const crc = (bytes) => (~bytes.reduce((sum, byte) => table[(sum ^ byte) & 0xff] ^ (sum >>> 8), -1)) >>> 0;

/** A Word file as somebody typed it, a line a paragraph. */
export function wordFile(lines) {
  const kind = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const space = 'http://schemas.openxmlformats.org';
  const parts = {
    '[Content_Types].xml': `<Types xmlns="${space}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${kind}"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${space}/package/2006/relationships"><Relationship Id="a" Type="${space}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="${space}/package/2006/relationships"></Relationships>`,
    'word/document.xml': `<w:document xmlns:w="${space}/wordprocessingml/2006/main"><w:body>${lines.map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`).join('')}<w:sectPr/></w:body></w:document>`,
  };
  return { name: '模板.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: zipped(parts) };
}

/** A spreadsheet with more rows of text, each a list of its cells, under the title row it has. */
export function withRows(content, rows) {
  const parts = partsOf(content), sheet = 'xl/worksheets/sheet1.xml';
  const text = (cell, column, row) => (cell ? `<c r="${String.fromCharCode(65 + column)}${row}" t="inlineStr"><is><t>${cell}</t></is></c>` : '');
  const more = rows.map((cells, at) => `<row r="${at + 2}">${cells.map((cell, column) => text(cell, column, at + 2)).join('')}</row>`).join('');
  return zipped({ ...parts, [sheet]: parts[sheet].toString('utf8').replace('</sheetData>', `${more}</sheetData>`) });
}

/** An office file of these parts. */
function zipped(parts) {
  const files = [], index = [];
  let offset = 0;
  for (const [name, text] of Object.entries(parts)) {
    const title = Buffer.from(name), plain = Buffer.from(text), packed = deflateRawSync(plain);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc(plain), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(plain.length, 18);
    facts.writeUInt16LE(title.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    files.push(Buffer.from('PK\u0003\u0004', 'latin1'), facts, title, packed);
    index.push(Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([20, 0]), facts, rest, title);
    offset += 30 + title.length + packed.length;
  }
  const end = Buffer.alloc(18);
  const count = Object.keys(parts).length;
  end.writeUInt16LE(count, 4);
  end.writeUInt16LE(count, 6);
  end.writeUInt32LE(Buffer.concat(index).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...index, Buffer.from('PK\u0005\u0006', 'latin1'), end]);
}
