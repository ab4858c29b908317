import { mayAny } from '@/lib/tenant';
import { boxText } from '@/lib/texts';
import type { Me } from '@/lib/types';

export interface MenuEntry {
  path: string;
  text: string;
  /** Shown to whoever holds any of these; empty: to everybody. */
  needs: string[];
}

export interface MenuGroup {
  text: string;
  entries: MenuEntry[];
}

/** The whole side menu; what a person sees of it follows from the permissions. */
const groups: MenuGroup[] = [
  { text: '', entries: [{ path: '', text: '工作台', needs: [] }] },
  {
    text: '信息办理',
    entries: [
      { path: 'inbox', text: boxText.inbox, needs: ['report:screen'] },
      { path: 'screen', text: '逐篇初筛', needs: ['report:screen'] },
      { path: 'desk', text: boxText.desk, needs: ['report:screen'] },
      { path: 'review', text: boxText.review, needs: ['review:act'] },
      { path: 'signed', text: boxText.signed, needs: ['report:forward', 'report:adopt'] },
      { path: 'all', text: boxText.all, needs: ['report:screen', 'report:forward', 'report:adopt', 'review:act'] },
      { path: 'search', text: '搜索', needs: ['report:read'] },
      { path: 'issues', text: '编发', needs: ['issue:read'] },
      { path: 'ledger', text: '台账', needs: ['ledger:read'] },
      { path: 'feedback', text: '待反馈', needs: ['feedback:write'] },
      { path: 'meetings', text: '工作例会', needs: ['meeting:read'] },
      { path: 'supervision', text: '督办', needs: ['assignment:read'] },
      { path: 'clues', text: '线索', needs: ['clue:read'] },
      { path: 'experts', text: '专家库', needs: ['expert:read'] },
      { path: 'materials', text: '素材与储备', needs: ['clue:read'] },
      { path: 'proposals', text: '提案草稿', needs: ['proposal:read'] },
    ],
  },
  {
    text: '我的',
    entries: [
      { path: 'mine', text: boxText.mine, needs: ['report:write'] },
      { path: 'shared', text: boxText.shared, needs: ['report:write'] },
      { path: 'consultations', text: '我的会商', needs: ['consultation:answer'] },
      { path: 'delegations', text: '审签委托', needs: ['review:act'] },
      { path: 'imports', text: '导入', needs: ['report:write'] },
      { path: 'notices', text: '消息', needs: ['notice:read'] },
    ],
  },
  {
    text: '线索来源',
    entries: [
      { path: 'calendar', text: '履职活动', needs: ['activity:read'] },
      { path: 'visits', text: '走访', needs: ['visit:read'] },
      { path: 'points', text: '收集点', needs: ['point:read'] },
    ],
  },
  {
    text: '数据',
    entries: [
      { path: 'boards/unit', text: '本单位看板', needs: ['board:unit'] },
      { path: 'boards/tree', text: '所属单位看板', needs: ['board:tree'] },
    ],
  },
  {
    text: '管理',
    entries: [
      { path: 'organisation', text: '组织与报送关系', needs: ['organisation:write', 'audit:read', 'report:forward'] },
      { path: 'members', text: '成员', needs: ['member:write', 'role:assign', 'audit:read'] },
      { path: 'roles', text: '角色权限', needs: ['role:write', 'role:assign', 'member:write', 'audit:read'] },
      { path: 'chains', text: '审签流程', needs: ['chain:write', 'audit:read', 'review:start'] },
      { path: 'settings', text: '设置', needs: ['setting:write', 'audit:read', 'report:screen'] },
      { path: 'audit', text: '审计日志', needs: ['audit:read'] },
    ],
  },
  {
    text: '平台',
    entries: [
      { path: 'platform/tenants', text: '单位开设', needs: ['tenant:read', 'tenant:write'] },
      { path: 'platform/lines', text: '报送渠道', needs: ['line:write'] },
    ],
  },
];

/** The menu of a person. */
export function menuFor(me: Me): MenuGroup[] {
  return groups
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => !entry.needs.length || mayAny(me, ...entry.needs)) }))
    .filter((group) => group.entries.length > 0);
}
