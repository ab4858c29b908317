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
  { key: 'mailbox', text: '来信邮箱', Panel: lazy(() => import('@/features/mailbox/components/MailboxPanel')) },
  { key: 'attachments', text: '附件限制', Panel: lazy(() => import('@/features/attachments/components/LimitsPanel')) },
  { key: 'duplicate-rules', text: '重复信息', Panel: lazy(() => import('@/features/similarity/components/DuplicateRulesPanel')) },
];
