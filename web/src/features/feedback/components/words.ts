import type { FeedbackSheet } from '../api/feedback';

/** How something reached an author. */
export const wayText: Record<FeedbackSheet['records'][number]['way'], string> = {
  page: '在页面上看到', notice: '阅读了消息', phone: '电话反馈', person: '当面反馈', letter: '书面反馈',
};
