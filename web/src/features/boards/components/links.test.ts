import { describe, expect, it } from 'vitest';
import type { Rank } from '../api/boards';
import { boardLink, listLink, rankTarget, underLink } from './links';
import { figureOf, hasParties, officialOrder } from './measures';

const period = { from: '2026-01', to: '2026-12' };
const none = { reports: 0, times: 0 };
const row = (change: Partial<Rank> = {}): Rank => ({
  rank: 1, tenant: 'a1-zx', name: 'A1区政协', short_name: 'A1区政协', kind: 'cppcc', party: '', class: '', basis: 'tree', submitted: 40, forwarded: 20,
  adopted_reports: 6, adopted_times: 9, by_level: { county: none, city: none, province: none, national: none }, adoption_rate: 0.15,
  has_children: false, ...change,
});
const from = (change = {}) => ({ tenant: 'a-zx', period, params: new URLSearchParams('period=2026&class=区县'), top: true, lists: true, ...change });

describe('links of figures', () => {
  it('opens the list that counts what the figure counts', () => {
    expect(listLink('a-zx', period, { figure: 'tree_times', level: 'province', form: 'single' })).toBe(
      '/t/a-zx/all?measure=tree_times_province_single&adopted_level=province&adopted_form=single&from=2026-01&to=2026-12',
    );
    expect(listLink('a-zx', period, { figure: 'own_adopted', form: 'combined' })).toBe('/t/a-zx/all?measure=own_adopted_combined&from=2026-01&to=2026-12');
  });

  it('opens nothing where the list cannot be narrowed', () => {
    expect(listLink('a-zx', period, { figure: 'tree_submitted', category: '未分类' })).toBeUndefined();
  });

  it('goes down keeping the period, not the class of this level', () => {
    expect(underLink(new URLSearchParams('period=2026-Q1&class=区县&measure=reports'), 'a-zx')).toBe('?period=2026-Q1&measure=reports&under=a-zx');
    expect(underLink(new URLSearchParams('under=a-zx'), undefined)).toBe('?');
  });

  it('changes one thing of a board and keeps the others', () => {
    expect(boardLink(new URLSearchParams('under=a-zx&period=2026'), { period: '2026-10' })).toBe('?under=a-zx&period=2026-10');
  });

  it('leads to the next unit down where there is one', () => {
    expect(rankTarget(row({ has_children: true }), 'submitted', from())?.to).toBe('?period=2026&under=a1-zx');
  });

  it('leads to what was received from a unit without others below', () => {
    expect(rankTarget(row(), 'adopted', from())?.to).toBe('/t/a-zx/all?measure=own_received&sender=a1-zx&from=2026-01&to=2026-12');
    expect(rankTarget(row({ basis: 'own' }), 'adopted', from())?.to).toContain('measure=own_adopted&');
    expect(rankTarget(row({ basis: 'own' }), 'submitted', from())?.to).toContain('measure=own_received');
  });

  it('opens nothing that this unit may not see', () => {
    expect(rankTarget(row(), 'submitted', from())).toBeUndefined();
    expect(rankTarget(row(), 'adopted', from({ top: false }))).toBeUndefined();
    expect(rankTarget(row(), 'adopted', from({ lists: false }))).toBeUndefined();
  });

  it('shows a unit of the own basis by its letters even when others report to it', () => {
    expect(rankTarget(row({ basis: 'own', has_children: true }), 'submitted', from())?.to).toContain('sender=a1-zx');
  });
});

describe('rankings', () => {
  it('puts the parties in the official order', () => {
    const rows = ['九三学社', '', '民盟', '民革'].map((party, index) => row({ rank: index + 1, party, kind: party ? 'party' : 'federation', name: party || '工商联' }));
    expect(officialOrder(rows).map((one) => one.name)).toEqual(['民革', '民盟', '九三学社', '工商联']);
    expect(hasParties(rows)).toBe(true);
    expect(hasParties([row(), row()])).toBe(false);
  });

  it('takes the figure it ranks by', () => {
    expect([figureOf(row(), 'times'), figureOf(row(), 'reports'), figureOf(row(), 'rate'), figureOf(row({ adoption_rate: null }), 'rate')]).toEqual([9, 6, 0.15, 0]);
  });
});
