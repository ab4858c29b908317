import { element } from './dom';
import './open.css';
import { verify } from './verify';

/** The form behind the code on the wall. It stands alone: no login, no library, a few kilobytes on a slow line. */
interface Form {
  unit: string;
  name: string;
  place?: string;
  intro?: string;
  fields: Record<'name' | 'phone' | 'place', 'off' | 'optional' | 'required'>;
  member?: string;
  opened_at: number;
}

interface Problem {
  detail?: string;
  errors?: { location?: string; message: string }[];
}

const root = document.getElementById('root')!;
const [, , tenant = '', point = ''] = window.location.pathname.split('/');
const address = `/api/v1/t/${encodeURIComponent(tenant)}/open/points/${encodeURIComponent(point)}`;

function say(title: string, ...lines: string[]) {
  root.replaceChildren(element('h1', title), ...lines.map((line) => element('p', line)));
}

/** Works without a secure context, where randomUUID is missing. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const labels = { name: '姓名', phone: '联系电话', place: '地点' } as const;

function field(name: string, text: string, how: string, input: HTMLElement): HTMLElement {
  const label = element('label', how === 'required' ? `${text}（必填）` : `${text}（可不填）`);
  input.setAttribute('name', name);
  if (how === 'required') input.setAttribute('required', '');
  label.append(input, element('span', '', { class: 'fault', role: 'alert', 'data-fault': name }));
  return label;
}

function show(form: Form) {
  document.title = `${form.name} · 反映社情民意`;
  const body = element('form', '', { novalidate: '' });
  body.append(field('body', '您要反映的情况', 'required', element('textarea', '', { rows: '7', maxlength: '2000', placeholder: '什么地方、什么问题、有什么建议' })));
  for (const name of ['place', 'name', 'phone'] as const) {
    const how = form.fields[name];
    if (how === 'off' || (name === 'name' && form.member)) continue;
    body.append(field(name, labels[name], how, element('input', '', { type: name === 'phone' ? 'tel' : 'text', maxlength: name === 'phone' ? '20' : '50', autocomplete: 'off' })));
  }
  const trap = element('label', '请勿填写', { class: 'trap', 'aria-hidden': 'true' });
  trap.append(element('input', '', { name: 'website', tabindex: '-1', autocomplete: 'off' }));
  const send = element('button', '提交', { type: 'submit' });
  const fault = element('p', '', { class: 'fault', role: 'alert' });
  body.append(trap, element('p', '如涉及保密内容，请提交纸质版材料，不要在这里填写。', { class: 'note' }), fault, send);
  body.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit(form, body, send, fault);
  });
  const head = [element('p', form.unit, { class: 'unit' }), element('h1', form.name)];
  if (form.place) head.push(element('p', form.place, { class: 'note' }));
  if (form.intro) head.push(element('p', form.intro, { class: 'intro' }));
  if (form.member) head.push(element('p', `以${form.member}的身份提交`, { class: 'note' }));
  root.replaceChildren(...head, body);
}

const id = newId();

async function submit(form: Form, body: HTMLFormElement, send: HTMLButtonElement, fault: HTMLElement) {
  const values = Object.fromEntries([...new FormData(body)].map(([key, value]) => [key, String(value).trim()]));
  const faults = [...body.querySelectorAll<HTMLElement>('[data-fault]')];
  for (const place of [fault, ...faults]) place.textContent = '';
  send.disabled = true;
  try {
    const answer = await fetch(address, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, credentials: 'same-origin',
      body: JSON.stringify({ ...values, form: id, opened_at: form.opened_at }),
    });
    const content = await answer.json().catch(() => ({}));
    if (answer.ok) {
      say('已收到，谢谢您', `回执编号：${(content as { receipt: string }).receipt}`, '请记下或截图保存，询问进展时出示。');
      return;
    }
    tell(content as Problem, fault, faults);
  } catch {
    fault.textContent = '网络不通，内容还在，请稍后再提交。';
  } finally {
    send.disabled = false;
  }
}

function tell(problem: Problem, fault: HTMLElement, faults: HTMLElement[]) {
  let placed = 0;
  for (const one of problem.errors ?? []) {
    const at = faults.find((place) => place.dataset.fault === one.location?.replace(/^body\./, ''));
    if (at) {
      at.textContent = one.message;
      placed += 1;
    } else if (one.message) {
      fault.textContent = one.message;
      placed += 1;
    }
  }
  if (!placed) fault.textContent = problem.detail ?? '没有提交成功，内容还在，请稍后再试。';
}

async function open() {
  try {
    const answer = await fetch(address, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
    if (answer.status === 429) say('打开得太频繁', '请过一会儿再试。');
    else if (!answer.ok) say('没有找到这个收集点', '二维码可能已经停用，请与张贴的单位联系。');
    else show((await answer.json()) as Form);
  } catch {
    say('网络不通', '请检查网络后重新打开。');
  }
}

if (window.location.pathname === '/verify') verify(root);
else void open();
