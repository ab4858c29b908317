import { App } from 'antd';
import { useState } from 'react';
import { download } from '@/lib/download';
import { sentence } from '@/lib/errors';
import { inTenant, type Query } from '@/lib/http';
import { useTenantCode } from '@/lib/tenant';

/** Fetches files of this unit one at a time, says that it is at it, and tells what went wrong. */
export function useDownload() {
  const tenant = useTenantCode();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const fetchIt = async (path: string, query?: Query) => {
    setBusy(true);
    try {
      await download(inTenant(tenant, path), query);
      message.success('已导出，文件带有您的水印，导出已记录');
    } catch (error) {
      message.error(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, fetch: fetchIt };
}
