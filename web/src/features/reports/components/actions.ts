/** The buttons of a report page, in the order of weight; which of them show is decided by `can`. */
export type ActionName =
  | 'take_up' | 'approve' | 'submit' | 'edit' | 'send_for_review' | 'forward' | 'adopt' | 'combine' | 'arrange' | 'withdraw' | 'review_return'
  | 'return' | 'keep' | 'decline' | 'correct_adoption' | 'hand_over' | 'split' | 'merge_into' | 'archive';

export interface ActionSpec {
  name: ActionName;
  text: string;
  /** Any of these in `can` lets the button show. */
  can: string[];
  key?: string;
  /** A decision that ends or sends back the matter: kept apart on the right. */
  apart?: boolean;
  /** Done seldom: behind 更多. */
  seldom?: boolean;
}

export const actions: ActionSpec[] = [
  { name: 'take_up', text: '受理', can: ['take_up'], key: 't' },
  { name: 'approve', text: '审签', can: ['approve'], key: 'a' },
  { name: 'submit', text: '提交', can: ['submit'] },
  { name: 'edit', text: '编辑', can: ['edit'], key: 'e' },
  { name: 'send_for_review', text: '送审', can: ['send_for_review'] },
  { name: 'forward', text: '报送上级', can: ['forward'], key: 'f' },
  { name: 'adopt', text: '采用', can: ['adopt_single', 'adopt_relayed'], key: 'a' },
  { name: 'combine', text: '并入综合稿', can: ['combine'] },
  { name: 'arrange', text: '编入期', can: ['arrange', 'express'] },
  { name: 'hand_over', text: '移交', can: ['hand_over'] },
  { name: 'split', text: '拆分', can: ['split'], seldom: true },
  { name: 'merge_into', text: '并入另一篇', can: ['merge_into'], seldom: true },
  { name: 'archive', text: '归档', can: ['archive'], seldom: true },
  { name: 'withdraw', text: '撤回', can: ['withdraw'], apart: true },
  { name: 'correct_adoption', text: '更正采用', can: ['correct_adoption'], apart: true },
  { name: 'review_return', text: '审签退回', can: ['review_return'], key: 'r', apart: true },
  { name: 'return', text: '退回', can: ['return'], key: 'r', apart: true },
  { name: 'keep', text: '留存', can: ['keep'], apart: true },
  { name: 'decline', text: '不采用', can: ['decline'], apart: true },
];

/** The actions allowed now. */
export function allowed(can: string[] = []): ActionSpec[] {
  return actions.filter((action) => action.can.some((name) => can.includes(name)));
}
