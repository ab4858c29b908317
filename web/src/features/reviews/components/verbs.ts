import type { Verb } from '../api/reviews';

export type VerbName = 'release' | 'add_signer' | 'pass_on' | 'copy' | 'read' | 'remove_signer' | 'take_back' | 'urge' | 'reassign' | 'reopen' | 'withdraw';

export interface VerbSpec {
  name: VerbName;
  can: Verb;
  text: string;
  /** What the dialog says above its fields. */
  hint: string;
  /** What is said once it is done. */
  done: string;
  /** An opinion is asked for: needed, possible or none. */
  opinion?: 'needed' | 'possible';
}

/** The verbs beside approve and return, in the order of their buttons. */
export const verbs: VerbSpec[] = [
  { name: 'release', can: 'release', text: '绿色通道签发', hint: '信息立即签发，可以马上报送；还没有签署的环节转为补签，由系统提醒，补齐前一直以红色标明。', done: '已走绿色通道签发', opinion: 'needed' },
  { name: 'add_signer', can: 'add_signer', text: '加签', hint: '请其他人在您之前或之后签署。', done: '已加签', opinion: 'possible' },
  { name: 'pass_on', can: 'pass_on', text: '转办', hint: '把您的审签交给其他人办理。', done: '已转办', opinion: 'possible' },
  { name: 'copy', can: 'copy', text: '抄送', hint: '请其他人阅知，不影响审签。', done: '已抄送' },
  { name: 'read', can: 'read', text: '已阅', hint: '', done: '已阅', opinion: 'possible' },
  { name: 'remove_signer', can: 'remove_signer', text: '减签', hint: '去掉还没有签署的加签人或会签人。', done: '已减签' },
  { name: 'take_back', can: 'take_back', text: '撤回我的意见', hint: '下一位办理之前，可以撤回刚签的意见重新办理。', done: '已撤回，请重新办理' },
  { name: 'urge', can: 'urge', text: '催办', hint: '提醒正在等待的审签人。每个环节最多三次，间隔两小时。', done: '已催办' },
  { name: 'reassign', can: 'reassign', text: '改派', hint: '原审签人已不能办理，请改派其他人。', done: '已改派' },
  { name: 'reopen', can: 'reopen', text: '重新打开', hint: '签发后发现问题、还没有报送或采用时，可以回到签发环节重新办理。', done: '已重新打开', opinion: 'needed' },
  { name: 'withdraw', can: 'withdraw', text: '撤销送审', hint: '信息退回编辑，已签的意见保留在记录里。', done: '已撤销送审', opinion: 'possible' },
];
