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
  { key: 'duplicate-rules', text: '重复信息', Panel: lazy(() => import('@/features/similarity/components/DuplicateRulesPanel')) },
];
