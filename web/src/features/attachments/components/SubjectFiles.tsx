import { App } from 'antd';
import { sentence } from '@/lib/errors';
import { useSettleFiles, useSubjectFiles } from '../api/subject';
import { AttachmentField } from './AttachmentField';
import { Attachments } from './Attachments';

interface Props {
  /** What the files hang on, such as a clue. */
  kind: string;
  id: string;
  mayWrite: boolean;
}

/** The files of anything that has no form of its own for them: added and taken off at once. */
export function SubjectFiles({ kind, id, mayWrite }: Props) {
  const { message } = App.useApp();
  const files = useSubjectFiles(kind, id);
  const settle = useSettleFiles(kind, id);
  const now = files.data ?? [];
  if (!mayWrite) return now.length ? <Attachments attachments={now} /> : null;
  return (
    <AttachmentField
      attachments={now}
      onChange={(update) => settle.mutate(update(now), { onError: (error) => void message.error(sentence(error)) })}
    />
  );
}
