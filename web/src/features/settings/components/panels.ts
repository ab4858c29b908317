import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

export interface SettingsPanel {
  key: string;
  text: string;
  Panel: LazyExoticComponent<ComponentType>;
}

/** The part that is open first. */
export const first: SettingsPanel = { key: 'terms', text: '称谓', Panel: lazy(() => import('./TermsPanel')) };

/** The parts of the settings page, in their order; each is fetched when it is opened. */
export const panels: SettingsPanel[] = [
  first,
  { key: 'check-rules', text: '核实与校对要求', Panel: lazy(() => import('@/features/checks/components/CheckRulesPanel')) },
  { key: 'proof-lists', text: '姓名职务和规范用语', Panel: lazy(() => import('@/features/checks/components/ProofListsPanel')) },
  { key: 'report-rules', text: '稿件要求', Panel: lazy(() => import('@/features/quality/components/ReportRulesPanel')) },
  { key: 'hint-rules', text: '写作提示', Panel: lazy(() => import('@/features/quality/components/HintRulesPanel')) },
  { key: 'checklists', text: '核对清单和理由', Panel: lazy(() => import('@/features/quality/components/ChecklistsPanel')) },
  { key: 'screening-criteria', text: '初筛标准', Panel: lazy(() => import('@/features/quality/components/CriteriaPanel')) },
  { key: 'mailbox', text: '来信邮箱', Panel: lazy(() => import('@/features/mailbox/components/MailboxPanel')) },
  { key: 'channels', text: '通知渠道', Panel: lazy(() => import('@/features/notices/components/ChannelsPanel')) },
  { key: 'attachments', text: '附件限制', Panel: lazy(() => import('@/features/attachments/components/LimitsPanel')) },
  { key: 'duplicate-rules', text: '重复信息', Panel: lazy(() => import('@/features/similarity/components/DuplicateRulesPanel')) },
  { key: 'journals', text: '刊物与模板', Panel: lazy(() => import('@/features/issues/components/JournalsPanel')) },
  { key: 'work-calendar', text: '工作日历', Panel: lazy(() => import('@/features/chains/components/CalendarPanel')) },
  { key: 'requirements', text: '报送要求', Panel: lazy(() => import('@/features/requirements/components/RequirementsPanel')) },
  { key: 'signing-keys', text: '签名密钥', Panel: lazy(() => import('@/features/signing/components/SigningKeysPanel')) },
  { key: 'ledger-rules', text: '台账时限', Panel: lazy(() => import('@/features/ledger/components/LedgerRulesPanel')) },
];
