// Checks the gzipped JavaScript of each screen against its budget, read from the build manifest.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const CHUNK = 200;

/** A screen is an entry and the lazily loaded modules that must be there before it can be used. */
const screens = [
  { name: '手机', limit: 110, parts: ['m.html'] },
  { name: '手机撰写', limit: 110, parts: ['m.html', 'src/phone/write/WritePage.tsx'] },
  { name: '收集点表单', limit: 10, parts: ['p.html'] },
  { name: '登录', limit: 120, parts: ['index.html', 'src/features/session/components/LoginPage.tsx'] },
  { name: '列表', limit: 400, parts: ['index.html', 'src/app/shell/Shell.tsx', 'src/features/reports/components/ReportListPage.tsx'] },
  { name: '编辑', limit: 340, parts: ['index.html', 'src/app/shell/Shell.tsx', 'src/features/reports/components/ReportEditPage.tsx'] },
  { name: '看板', limit: 580, parts: ['index.html', 'src/app/shell/Shell.tsx', 'src/features/boards/components/TreeBoardPage.tsx'] },
];

const sizes = new Map();
function gzipped(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1000);
  return sizes.get(file);
}

function collect(key, files) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`构建清单里没有 ${key}`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const next of chunk.imports ?? []) collect(next, files);
}

let broken = false;
for (const screen of screens) {
  const files = new Set();
  for (const part of screen.parts) collect(part, files);
  const scripts = [...files].filter((file) => file.endsWith('.js'));
  const total = scripts.reduce((sum, file) => sum + gzipped(file), 0);
  const over = total > screen.limit;
  broken ||= over;
  console.log(`${over ? '✗' : '✓'} ${screen.name} ${total.toFixed(1)} / ${screen.limit} kB`);
}
for (const chunk of Object.values(manifest)) {
  if (!chunk.file.endsWith('.js')) continue;
  const size = gzipped(chunk.file);
  if (size <= CHUNK) continue;
  broken = true;
  console.log(`✗ ${chunk.file} ${size.toFixed(1)} / ${CHUNK} kB（单个文件上限）`);
}
process.exitCode = broken ? 1 : 0;
