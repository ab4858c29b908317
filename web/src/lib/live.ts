import type { QueryClient } from '@tanstack/react-query';
import { address, inTenant } from './http';
import { staleBy } from './query';

export interface Change {
  kind: string;
  id?: string;
  version?: number;
}

type Message = { type: 'change'; change: Change } | { type: 'resync' };

/** Makes stale what a message touches; `resync` makes everything of the tenant stale. */
export function applyLive(client: QueryClient, tenant: string, message: Message): void {
  if (message.type === 'resync') {
    void client.invalidateQueries({ queryKey: [tenant] });
    return;
  }
  for (const noun of staleBy[message.change.kind] ?? []) {
    void client.invalidateQueries({ queryKey: [tenant, noun] });
  }
}

function parse(data: string): Change | undefined {
  try {
    const change: unknown = JSON.parse(data);
    if (typeof change === 'object' && change && 'kind' in change) return change as Change;
  } catch {
    // A line that is not JSON tells nothing.
  }
  return undefined;
}

/** Reads the stream of a tenant until stopped; a broken one is opened again, at most every 30 s. */
function readStream(tenant: string, tell: (message: Message) => void): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = 1000;
  let stopped = false;
  let interrupted = false;
  const open = () => {
    source = new EventSource(address(inTenant(tenant, '/live')), { withCredentials: true });
    source.addEventListener('open', () => {
      wait = 1000;
      if (interrupted) tell({ type: 'resync' });
      interrupted = false;
    });
    source.addEventListener('change', (event) => {
      const change = parse((event as MessageEvent<string>).data);
      if (change) tell({ type: 'change', change });
    });
    source.addEventListener('resync', () => tell({ type: 'resync' }));
    source.addEventListener('error', () => {
      interrupted = true;
      if (stopped || source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, 30_000);
    });
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}

/**
 * Keeps the pages of a tenant fresh. The pages of one browser share one stream: the holder of a
 * lock reads it and passes messages on; without locks (old browser, plain HTTP) each page reads.
 */
export function followLive(tenant: string, person: string, tell: (message: Message) => void): () => void {
  if (typeof BroadcastChannel === 'undefined' || !navigator.locks) return readStream(tenant, tell);
  const name = `shangda-live/${tenant}/${person}`;
  const channel = new BroadcastChannel(name);
  channel.onmessage = (event: MessageEvent<Message>) => tell(event.data);
  const giveUp = new AbortController();
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  navigator.locks
    .request(name, { signal: giveUp.signal }, async () => {
      const stop = readStream(tenant, (message) => {
        channel.postMessage(message);
        tell(message);
      });
      await held;
      stop();
    })
    .catch(() => undefined);
  return () => {
    release();
    giveUp.abort();
    channel.close();
  };
}
