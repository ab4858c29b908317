import { App } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { sentence } from '@/lib/errors';
import { useShortcuts } from '@/lib/shortcuts';
import { useMe } from '@/lib/tenant';
import type { Report } from '@/lib/types';
import { useReportStep } from '../api/actions';
import { allowed, type ActionName } from './actions';

const done: Partial<Record<ActionName, string>> = {
  take_up: '已受理，来稿人已收到通知',
  submit: '已提交，受理前可以撤回',
  withdraw: '已撤回到草稿',
  archive: '已办结归档',
};

const steps = { take_up: 'take-up', submit: 'submit', withdraw: 'withdraw', archive: 'archive' } as const;

/** What each button of a report does: acts at once, opens a dialog, or leads on. */
export function useReportActions(report: Report) {
  const { tenant } = useMe();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<ActionName>();
  const step = useReportStep();
  const root = `/t/${tenant.code}`;
  const told = (text: string) => ({
    onSuccess: () => void message.success(text),
    onError: (error: Error) => void message.error(sentence(error)),
  });
  const act = (name: ActionName) => {
    if (name === 'submit' && tenant.settings.secrecy_check) {
      navigate(`${root}/reports/${report.id}/edit`); // there the secrecy of the text is checked
    } else if (name === 'take_up' || name === 'submit' || name === 'withdraw' || name === 'archive') {
      step.mutate({ id: report.id, step: steps[name] }, told(done[name]!));
    } else if (name === 'edit') {
      navigate(`${root}/reports/${report.id}/edit`);
    } else if (name === 'split') {
      navigate(`${root}/reports/${report.id}/split`);
    } else if (name === 'combine') {
      navigate(`${root}/combine?ids=${report.id}`);
    } else {
      setDialog(name);
    }
  };
  const keys: Record<string, () => void> = {};
  for (const action of allowed(report.can)) {
    if (action.key && !(action.key in keys)) keys[action.key] = () => act(action.name);
  }
  if (report.can?.includes('send_for_review')) keys['Ctrl+Enter'] = () => act('send_for_review');
  useShortcuts(keys, !dialog);
  return { act, busy: step.isPending, dialog, close: () => setDialog(undefined) };
}
