import { useQuery } from '@tanstack/react-query';
import { address, get, inTenant } from '@/lib/http';
import { qk } from '@/lib/query';
import { useTenantCode } from '@/lib/tenant';
import type { Schemas } from '@/lib/types';

/** What a file chooser offers; the server looks at the content. */
export const ACCEPTED = 'image/jpeg,image/png,image/webp,image/gif,video/mp4,video/quicktime,video/webm,application/pdf,.docx,.xlsx,.pptx,.doc,.wps,.txt';

const path = (tenant: string, id: string) => inTenant(tenant, `/attachments/${id}`);

/** The address a file is downloaded from. */
export const attachmentAddress = (tenant: string, id: string) => address(path(tenant, id));
/** The address a file is shown at, without being saved first. */
export const viewAddress = (tenant: string, id: string) => address(path(tenant, id), { view: 1 });
/** The small picture of a picture or film; 404 where there is none. */
export const thumbnailAddress = (tenant: string, id: string) => address(`${path(tenant, id)}/thumbnail`);

export type Limits = Schemas['AttachmentsLimits'];
const usual: Limits = { count: 20, picture_mb: 20, video_mb: 200, document_mb: 50 };

/** How many files, and how large, the unit takes. */
export function useLimits(): Limits {
  const tenant = useTenantCode();
  const limits = useQuery({
    queryKey: qk(tenant, 'settings', 'attachment-limits', 'plain'),
    queryFn: () => get<Limits>(inTenant(tenant, '/settings/attachment-limits')),
    staleTime: 300_000,
  });
  return limits.data ?? usual;
}

/** The limits in one line under the buttons. */
export const limitsText = (limits: Limits) =>
  `图片 ${limits.picture_mb} MB、视频 ${limits.video_mb} MB、文档 ${limits.document_mb} MB 以内，最多 ${limits.count} 个`;

/** What is wrong with a file before it is sent; the server has the last word. */
export function faultOf(file: File, limits: Limits): string | undefined {
  const [name, most] = file.type.startsWith('image/') ? ['图片', limits.picture_mb] : file.type.startsWith('video/') ? ['视频', limits.video_mb] : ['文档', limits.document_mb];
  if (file.size === 0) return '文件是空的';
  return file.size > most * 1024 * 1024 ? `${name}不能超过 ${most} MB，没有上传` : undefined;
}
