import { useState } from 'react';
import { usePeople } from '@/features/chains/api/chains';
import { useDo, type Doing } from '@/features/reviews/api/reviews';
import { sentence } from '@/lib/errors';
import { useMe } from '@/lib/tenant';
import type { Review } from '@/lib/types';
import { Button } from '@/ui/plain/Button';
import { Sheet } from '../frame/Sheet';
import styles from './review.module.css';

type More = 'release' | 'pass_on' | 'before' | 'after' | 'copy' | 'read' | 'take_back';

/** The other verbs on the phone: what each is called, what it needs, and what is said after. */
const verbs: Record<More, { can: Review['can'][number]; text: string; people?: boolean; words?: string; done: string }> = {
  release: { can: 'release', text: '绿色通道：先签发后补签', words: '理由（必填）', done: '已走绿色通道签发' },
  pass_on: { can: 'pass_on', text: '转办给他人', people: true, words: '说明（可不填）', done: '已转办' },
  before: { can: 'add_signer', text: '加签：请他人先签', people: true, words: '说明（可不填）', done: '已加签' },
  after: { can: 'add_signer', text: '加签：请他人在我之后签', people: true, words: '说明（可不填）', done: '已加签' },
  copy: { can: 'copy', text: '抄送他人阅知', people: true, done: '已抄送' },
  read: { can: 'read', text: '已阅', words: '阅后意见（可不填）', done: '已阅' },
  take_back: { can: 'take_back', text: '撤回我刚签的意见', done: '已撤回，请重新办理' },
};

/** Whether there is anything beside approve and return. */
export const hasMore = (review: Review): boolean => Object.values(verbs).some((verb) => review.can.includes(verb.can));

function doing(verb: More, person: string, words: string): Doing | undefined {
  const opinion = words.trim();
  switch (verb) {
    case 'release': return opinion ? { act: 'release', opinion } : undefined;
    case 'read': return { act: 'read', opinion };
    case 'take_back': return { act: 'take-back' };
    case 'pass_on': return person ? { act: 'pass-on', to: person, opinion } : undefined;
    case 'copy': return person ? { act: 'copy', people: [person] } : undefined;
    default: return person ? { act: 'add-signer', people: [person], before: verb === 'before', mode: 'all', opinion } : undefined;
  }
}

/** What else can be done with a review: chosen first, then its few words. */
export function MoreSheet({ review, onDone, onClose }: { review: Review; onDone: (said: string) => void; onClose: () => void }) {
  const [verb, setVerb] = useState<More>();
  if (verb) return <Saying review={review} verb={verb} onDone={onDone} onClose={onClose} />;
  return (
    <Sheet title="更多" onClose={onClose}>
      <div className={styles.more}>
        {(Object.keys(verbs) as More[]).filter((name) => review.can.includes(verbs[name].can)).map((name) => (
          <button key={name} type="button" onClick={() => setVerb(name)}>{verbs[name].text}</button>
        ))}
      </div>
    </Sheet>
  );
}

function Saying({ review, verb, onDone, onClose }: { review: Review; verb: More; onDone: (said: string) => void; onClose: () => void }) {
  const { membership } = useMe();
  const spec = verbs[verb];
  const people = usePeople(Boolean(spec.people));
  const [person, setPerson] = useState('');
  const [words, setWords] = useState('');
  const act = useDo(review.id);
  const input = doing(verb, person, words);
  const submit = () => input && void act.mutateAsync(input).then(() => onDone(spec.done), () => undefined);
  return (
    <Sheet title={spec.text} onClose={onClose}>
      {spec.people && (
        <label className={styles.opinion}>
          人员
          <select value={person} onChange={(event) => setPerson(event.target.value)}>
            <option value="">请选择</option>
            {(people.data ?? []).filter((one) => one.id !== membership.id && (one.signs || verb === 'copy')).map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}
          </select>
        </label>
      )}
      {spec.words && (
        <label className={styles.opinion}>
          {spec.words}
          <textarea rows={3} maxLength={500} value={words} onChange={(event) => setWords(event.target.value)} />
        </label>
      )}
      {act.error && <p className={styles.fault} role="alert">{sentence(act.error)}</p>}
      <div className={styles.buttons}>
        <Button onClick={onClose}>取消</Button>
        <Button main disabled={!input || act.isPending} onClick={submit}>{act.isPending ? '正在办理…' : '确定'}</Button>
      </div>
    </Sheet>
  );
}
