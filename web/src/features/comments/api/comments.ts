import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import { partText, placeText } from '@/lib/texts';
import type { Schemas } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Comment = Schemas['CommentsComment'];
/** The parts of a text that a comment may be about. */
export type Section = NonNullable<Comment['section']>;
export type NewComment = Schemas['CommentsWriteInputBody'];

/** The parts as their headings read. */
export const sectionText: Record<Section, string> = { title: partText.title, problem: placeText.problem!, cause: placeText.cause!, advice: placeText.advice! };

type List = { items: Comment[] };

/** What is said about a report, oldest first. */
export function useComments(report: string, enabled = true) {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'comments', report),
    queryFn: () => get<List>(inTenant(tenant, `/reports/${report}/comments`)).then((page) => page.items),
    enabled,
  });
}

/** Writes a comment, or an answer to one. */
export function useWriteComment(report: string) {
  const tenant = useTenantCode();
  return useAction((body: NewComment, key) => post<List>(inTenant(tenant, `/reports/${report}/comments`), { body, key }), ['comments', 'timeline']);
}

/** Marks a comment with its answers as settled, or opens it again. */
export function useResolve() {
  const tenant = useTenantCode();
  return useAction(
    ({ id, resolved }: { id: string; resolved: boolean }, key) => post<List>(inTenant(tenant, `/comments/${id}/resolution`), { body: { resolved }, key }),
    ['comments', 'timeline'],
  );
}

/** A comment with its answers. */
export interface Thread extends Comment {
  answers: Comment[];
}

const order: (Section | undefined)[] = ['title', 'problem', 'cause', 'advice', undefined];

/** Comments with their answers, in the order of the text; what is settled comes last. */
export function threadsOf(comments: Comment[]): Thread[] {
  const threads = comments.filter((one) => !one.thread_id).map((one) => ({ ...one, answers: comments.filter((answer) => answer.thread_id === one.id) }));
  const rank = (one: Thread) => (one.resolved_at ? 10 : 0) + order.indexOf(one.section);
  return threads.sort((a, b) => rank(a) - rank(b) || a.place - b.place);
}

export const openOf = (comments: Comment[] = []): number => comments.filter((one) => !one.thread_id && !one.resolved_at).length;
