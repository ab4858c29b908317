import { element } from './dom';

/** Anybody asks here whether a certificate of adoption stands. It stands alone: no login, no library. */
interface Answer {
  valid: boolean;
  sentence: string;
  unit?: string;
  person?: string;
  level?: string;
  adopted_on?: string;
}

function field(name: string, text: string, attributes: Record<string, string>): HTMLElement {
  const label = element('label', text);
  label.append(element('input', '', { name, required: '', autocomplete: 'off', spellcheck: 'false', ...attributes }));
  return label;
}

/** What was answered: the word first, then the few facts there are. */
function show(place: HTMLElement, answer: Answer) {
  const facts: [string, string | undefined][] = [['开具单位', answer.unit], ['作者', answer.person], ['采用日期', answer.adopted_on], ['采用层级', answer.level]];
  place.className = answer.valid ? 'answer valid' : 'answer';
  place.replaceChildren(element('h2', answer.valid ? '有效' : '无效'), element('p', answer.sentence),
    ...facts.filter(([, value]) => value).map(([name, value]) => element('p', `${name}：${value}`)));
}

async function ask(form: HTMLFormElement, place: HTMLElement) {
  const values = Object.fromEntries([...new FormData(form)].map(([key, value]) => [key, String(value).trim()]));
  const say = (text: string) => {
    place.className = 'answer';
    place.replaceChildren(element('p', text));
  };
  try {
    const response = await fetch('/api/v1/certificate-verification', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, credentials: 'same-origin', body: JSON.stringify(values),
    });
    if (response.ok) show(place, (await response.json()) as Answer);
    else say(response.status === 429 ? '核验得太频繁，请过一会儿再试。' : '没有核验成功，请检查编号和验证码。');
  } catch {
    say('网络不通，请稍后再试。');
  }
}

/** Puts the form on the page. */
export function verify(root: HTMLElement) {
  document.title = '采用证明核验';
  const form = element('form', '', { novalidate: '' });
  const send = element('button', '核验', { type: 'submit' });
  const place = element('div', '', { class: 'answer', role: 'status' });
  form.append(field('number', '证明编号', { maxlength: '60', placeholder: '如 A1-ZX-2026-0001' }), field('code', '验证码', { maxlength: '30', placeholder: '证明上的 12 位字符' }), send);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send.disabled = true;
    void ask(form, place).finally(() => { send.disabled = false; });
  });
  root.replaceChildren(element('h1', '采用证明核验'), element('p', '填写采用证明上的编号和验证码，即可知道证明是否有效。', { class: 'note' }), form, place);
}
