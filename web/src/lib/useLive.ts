import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { applyLive, followLive } from './live';

/** Keeps everything shown of a tenant fresh while the page is open. */
export function useLive(tenant: string, person: string): void {
  const client = useQueryClient();
  useEffect(() => followLive(tenant, person, (message) => applyLive(client, tenant, message)), [client, tenant, person]);
}
