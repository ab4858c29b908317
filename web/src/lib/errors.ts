export interface FieldFault {
  message: string;
  location?: string;
  value?: unknown;
}

interface Problem {
  title?: string;
  status?: number;
  detail?: string;
  errors?: FieldFault[];
  request_id?: string;
  kind?: string;
}

const fallback: Record<number, string> = {
  0: '网络不通，请稍后再试。',
  401: '登录已失效，请重新登录。',
  403: '您没有办理此事的权限。',
  404: '没有找到。',
  409: '稿件状态已变化，不能这样办理，请刷新后再看。',
  412: '内容已被他人修改。',
  413: '内容过大。',
  415: '文件类型不支持。',
  422: '填写有误，请检查。',
  429: '操作过于频繁，请稍后再试。',
  503: '系统繁忙，请稍后再试。',
};

/** A refusal of the server (or of the network, status 0) with a sentence fit to be shown. */
export class ApiError extends Error {
  readonly status: number;
  readonly faults: FieldFault[];
  readonly requestId?: string;
  readonly kind?: string;

  constructor(status: number, problem: Problem = {}, requestId?: string) {
    super(problem.detail || fallback[status] || (status >= 500 ? '系统出了差错，内容没有改动。' : '没有办成，请稍后再试。'));
    this.name = 'ApiError';
    this.status = status;
    this.faults = problem.errors ?? [];
    this.requestId = problem.request_id ?? requestId;
    this.kind = problem.kind;
  }

  /** Whether asking again may help: nothing definite was answered. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  /** The messages by field name: `body.title` and `/title` both become `title`. */
  get byField(): Record<string, string> {
    const found: Record<string, string> = {};
    for (const fault of this.faults) {
      const field = fault.location?.split(/[./[]/).filter((part) => part && part !== 'body')[0];
      if (field && !(field in found)) found[field] = fault.message;
    }
    return found;
  }
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError;

/** The sentence to show for any error. */
export function sentence(error: unknown): string {
  return isApiError(error) ? error.message : '页面出了差错，请刷新后再试。';
}
