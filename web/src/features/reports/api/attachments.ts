import { address, inTenant, post } from '@/lib/http';
import type { Attachment } from '@/lib/types';

export const ATTACHMENT_LIMIT = 10 * 1024 * 1024;
export const ATTACHMENT_TYPES = 'image/jpeg,image/png,image/webp,image/gif,application/pdf,.docx';

/** Sends one file. */
export function uploadAttachment(tenant: string, file: File, key?: string): Promise<Attachment> {
  const body = new FormData();
  body.append('file', file, file.name);
  return post<Attachment>(inTenant(tenant, '/attachments'), { body, key });
}

/** The address a file is downloaded from. */
export const attachmentAddress = (tenant: string, id: string) => address(inTenant(tenant, `/attachments/${id}`));
