import { QueryClient } from '@tanstack/react-query';
import { isApiError } from './errors';

/** Query keys begin with the tenant, then the noun: `qk('a1-zx', 'report', id)`. */
export const qk = (tenant: string, noun: Noun, ...rest: unknown[]) => [tenant, noun, ...rest];

export type Noun =
  | 'me' | 'report' | 'reports' | 'timeline' | 'versions' | 'reviews' | 'forwardings' | 'received' | 'exchanges' | 'requirements' | 'upper-requirements' | 'signing-keys' | 'targets' | 'clues' | 'clue'
  | 'proposals' | 'visits' | 'activities' | 'points' | 'notices' | 'search' | 'similar' | 'board' | 'categories' | 'reasons'
  | 'chains' | 'members' | 'roles' | 'organisation' | 'audit' | 'platform' | 'settings' | 'hints' | 'checklists' | 'ticks'
  | 'screenings' | 'issues' | 'issue' | 'journals' | 'ledger' | 'ledger-views' | 'comments' | 'handovers' | 'links' | 'presence' | 'attachments'
  | 'imports' | 'mail' | 'checks' | 'checkTasks' | 'consultations' | 'opinionTasks' | 'experts' | 'feedback' | 'certificates' | 'meetings' | 'notice-ways' | 'notice-sends' | 'channels'
  | 'instructions' | 'assignments' | 'supervision' | 'satisfactions';

/** Which nouns a live change of a kind makes stale. */
export const staleBy: Record<string, Noun[]> = {
  report: ['report', 'reports', 'timeline', 'versions', 'reviews', 'forwardings', 'received', 'exchanges', 'targets', 'clues', 'search', 'similar', 'ticks', 'screenings', 'ledger', 'comments', 'handovers', 'links', 'checks', 'consultations', 'feedback', 'instructions', 'assignments', 'supervision', 'satisfactions'],
  instruction: ['instructions'],
  assignment: ['assignments', 'supervision'],
  clue: ['clues', 'clue', 'points', 'activities', 'visits', 'attachments'],
  proposal: ['proposals'],
  visit: ['visits'],
  visit_plan: ['visits'],
  activity: ['activities'],
  point: ['points'],
  forwarding: ['forwardings', 'timeline', 'report', 'reports', 'targets', 'ledger'],
  issue: ['issues', 'issue', 'journals'],
  journal: ['journals', 'issues', 'issue'],
  template: ['journals'],
  notice: ['notices', 'me'],
  board: ['board'],
  session: ['me'],
  chain: ['chains'],
  delegation: ['reviews', 'report', 'reports', 'me'],
  check: ['checks', 'checkTasks'],
  proof: ['checks'],
  consultation: ['consultations', 'opinionTasks'],
  expert: ['experts'],
  requirements: ['requirements', 'upper-requirements'],
  signing_key: ['signing-keys'],
  setting: ['settings', 'me', 'hints', 'screenings'],
  checklist: ['checklists', 'reasons'],
  ledger_view: ['ledger-views'],
  attachments: ['attachments'],
  import: ['imports'],
  mail: ['mail'],
  certificate: ['certificates'],
  meeting: ['meetings'],
  channel: ['channels', 'notice-ways'],
  notice_send: ['notice-sends'],
};

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: true,
        retry: (count, error) => count < 2 && isApiError(error) && error.transient && error.status !== 429,
      },
      mutations: { retry: false },
    },
  });
}
