import { describe, expect, it } from 'vitest';
import { merge, passages, settled, written } from './passages';

const base = '老小区没有电梯。老人下楼难。费用谁出说不清。';
const never = () => {
  throw new Error('a clash');
};

describe('passages', () => {
  it('are the sentences, and together the text', () => {
    for (const text of [base, '', '一', '他说：“不行！”后来\n又说。', '。。；\n\n末句没有句号']) expect(passages(text).join('')).toBe(text);
    expect(passages(base)).toHaveLength(3);
  });
});

describe('merging', () => {
  it('takes what only one side changed, wherever the other changed something else', () => {
    const mine = base.replace('难。', '难，一年摔伤 12 人。');
    const theirs = `据调查，${base}建议由街道牵头。`;
    expect(settled(merge(base, mine, theirs), never)).toBe('据调查，老小区没有电梯。老人下楼难，一年摔伤 12 人。费用谁出说不清。建议由街道牵头。');
    expect(settled(merge(base, theirs, mine), never)).toBe(settled(merge(base, mine, theirs), never));
  });

  it('takes neighbouring changes side by side, and a removal once', () => {
    const mine = '老小区没有电梯。老人下楼难上加难。费用谁出说不清。';
    const theirs = '老小区没有电梯。老人下楼难。费用分摊说不清。';
    expect(settled(merge(base, mine, theirs), never)).toBe('老小区没有电梯。老人下楼难上加难。费用分摊说不清。');
    const shorter = '老小区没有电梯。费用谁出说不清。';
    expect(settled(merge(base, shorter, shorter), never)).toBe(shorter);
  });

  it('leaves to the person what both changed, and loses neither', () => {
    const pieces = merge(base, base.replace('老人下楼难', '老人出门难'), base.replace('老人下楼难。', '老人和孩子下楼难。'));
    const clashes = pieces.filter((piece) => piece.kind === 'clash');
    expect(clashes).toEqual([{ kind: 'clash', base: '老人下楼难。', mine: '老人出门难。', theirs: '老人和孩子下楼难。' }]);
    expect(settled(pieces, () => 'mine')).toContain('老人出门难。费用');
    expect(settled(pieces, () => 'theirs')).toContain('老人和孩子下楼难。');
    expect(settled(pieces, () => 'both')).toContain('老人出门难。老人和孩子下楼难。');
  });

  it('is a clash where both write at the same place, and where one removes what the other changes', () => {
    expect(merge(base, `${base}甲。`, `${base}乙。`).some((piece) => piece.kind === 'clash')).toBe(true);
    expect(merge(base, '老小区没有电梯。费用谁出说不清。', base.replace('下楼难', '下楼很难')).some((piece) => piece.kind === 'clash')).toBe(true);
    expect(settled(merge('', '甲。', '甲。'), never)).toBe('甲。');
  });

  it('keeps every sentence that either side added, in any case', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    for (let round = 0; round < 300; round += 1) {
      const old = Array.from({ length: random(6) }, (_, n) => `旧${n}。`);
      const edit = (name: string) => old.flatMap((line, n) => {
        const dice = random(6);
        if (dice === 0) return [];
        if (dice === 1) return [`${name}改${n}。`];
        if (dice === 2) return [line, `${name}加${n}。`];
        return [line];
      });
      const [mine, theirs] = [edit('甲'), edit('乙')];
      const merged = settled(merge(old.join(''), mine.join(''), theirs.join('')), () => 'both');
      for (const line of [...mine, ...theirs].filter((one) => !one.startsWith('旧'))) expect(merged).toContain(line);
      for (const line of old) if (mine.includes(line) && theirs.includes(line)) expect(merged).toContain(line);
      expect(settled(merge(old.join(''), mine.join(''), old.join('')), never)).toBe(mine.join(''));
    }
  });
});

describe('who wrote what', () => {
  const version = (no: number, by: string, text: string) => ({ no, by, kind: 'edited', at: '', text });

  it('names for each passage the version that brought it', () => {
    const list = written([version(1, '周敏', base), version(2, '许文静', base.replace('老人下楼难。', '老人下楼难，摔伤 12 人。')), version(3, '陆建平', '老小区没有电梯。老人下楼难，摔伤 12 人。')]);
    expect(list.map((one) => [one.by, one.text])).toEqual([['周敏', '老小区没有电梯。'], ['许文静', '老人下楼难，摔伤 12 人。']]);
  });

  it('gives a passage that was taken back to who brought it back', () => {
    const list = written([version(1, '甲', '一。二。'), version(2, '乙', '一。'), version(3, '丙', '一。二。')]);
    expect(list.map((one) => one.by)).toEqual(['甲', '丙']);
  });
});
