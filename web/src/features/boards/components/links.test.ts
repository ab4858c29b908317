import { describe, expect, it } from 'vitest';
import type { Rank } from '../api/boards';
import { listLink, rankTarget, underLink } from './links';
import { figureOf, hasParties, officialOrder } from './measures';

const period = { from: '2026-01', to: '2026-12' };
const row = (change: Partial<Rank> = {}): Rank => ({
  rank: 1, tenant: 'a1-zx', name: 'A1区政协', kind: 'cppcc', basis: 'tree', submitted: 40, forwarded: 20, adopted_reports: 6, adopted_times: 9,
  adoption_rate: 0.15, has_children: false, ...change,
});
const at = (change = {}) => ({ period, params: new URLSearchParams('period=2026&class=区县'), top: true, lists: true, ...change });

describe('links of figures', () => {
  it('opens the list of the unit with the months of the board', () => {
    expect(listLink('a-zx', period, { measure: 'tree_times', adopted_level: 'province', adopted_form: 'single' })).toBe(
      '/t/a-zx/all?measure=tree_times&adopted_level=province&adopted_form=single&from=2026-01&to=2026-12',
    );
  });

  it('goes down keeping the period, not the class of this level', () => {
    expect(underLink(new URLSearchParams('period=2026-Q1&class=区县&measure=reports'), 'a-zx')).toBe('?period=2026-Q1&measure=reports&under=a-zx');
    expect(underLink(new URLSearchParams('under=a-zx'), undefined)).toBe('?');
  });

  it('leads to the next unit down where there is one', () => {
    expect(rankTarget('s-zx', row({ has_children: true }), 'submitted', at())?.to).toBe('?period=2026&under=a1-zx');
  });

  it('leads to what was received from a unit without others below', () => {
    expect(rankTarget('a-zx', row(), 'adopted', at())?.to).toBe('/t/a-zx/all?measure=own_adopted&sender=a1-zx&from=2026-01&to=2026-12');
    expect(rankTarget('a-zx', row(), 'forwarded', at())?.to).toContain('measure=own_received');
  });

  it('opens nothing that this unit may not see', () => {
    expect(rankTarget('a-zx', row(), 'submitted', at())).toBeUndefined();
    expect(rankTarget('a-zx', row(), 'adopted', at({ top: false }))).toBeUndefined();
    expect(rankTarget('a-zx', row(), 'adopted', at({ lists: false }))).toBeUndefined();
  });

  it('shows a unit of the own basis by its letters even when others report to it', () => {
    expect(rankTarget('a-zx', row({ basis: 'own', has_children: true }), 'submitted', at())?.to).toContain('sender=a1-zx');
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
    expect([figureOf(row(), 'times'), figureOf(row(), 'reports'), figureOf(row(), 'rate'), figureOf(row({ adoption_rate: undefined }), 'rate')]).toEqual([9, 6, 0.15, 0]);
  });
});
