import { useEffect, useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent } from 'react';

/**
 * The addresses of the phone, all below /m. Its few pages need no more than this, and React Router alone is a tenth of
 * the JavaScript a budget phone may be asked to load.
 */
const BASE = '/m';

export interface Place {
  /** Without the base: `/t/a1/reports/1`. */
  path: string;
  search: string;
  /** What the page before has to say. */
  flash?: string;
  /** Nothing of the phone is behind it. */
  first: boolean;
}

interface Kept {
  first: boolean;
  flash?: string;
}

function read(): Place {
  const { pathname, search } = window.location;
  const kept = window.history.state as Partial<Kept> | null;
  const path = pathname.replace(/^\/m(?=\/|$)/, '').replace(/\/+$/, '') || '/';
  return { path, search, flash: kept?.flash, first: kept?.first ?? true };
}

let place = read();
const listeners = new Set<() => void>();

function moved() {
  place = read();
  listeners.forEach((listener) => listener());
}
window.addEventListener('popstate', moved);

interface How {
  replace?: boolean;
  flash?: string;
}

/** Goes to a page of the phone. */
export function go(to: string, { replace, flash }: How = {}): void {
  const kept: Kept = { first: Boolean(replace) && place.first, flash };
  if (replace) window.history.replaceState(kept, '', BASE + to);
  else window.history.pushState(kept, '', BASE + to);
  moved();
  window.scrollTo(0, 0);
}

/** The word of the page before has been read: it does not come back with the page. */
export function heard(): void {
  if (!place.flash) return;
  window.history.replaceState({ first: place.first } satisfies Kept, '');
  moved();
}

/** Goes to the page before; from the first one of a visit, to `home`. */
export function back(home: string): void {
  if (place.first) go(home, { replace: true });
  else window.history.back();
}

/** Gives the page on the screen another address; the page stays as it is. */
export const rename = (to: string): void => window.history.replaceState(window.history.state, '', BASE + to);

/** Where one is. */
export const here = (): Place => place;

export const usePlace = (): Place =>
  useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    here,
  );

/** The parts of a path that a pattern names (`/t/:tenant/reports/:id`), or undefined when it does not fit. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index]!;
    if (part.startsWith(':') && text) found[part.slice(1)] = plain(text);
    else if (part !== text) return undefined;
  }
  return found;
}

function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Only a plain touch is ours: a new tab is the browser's. */
const ours = (event: MouseEvent) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

export function Link({ to, ...rest }: { to: string } & AnchorHTMLAttributes<HTMLAnchorElement>) {
  const open = (event: MouseEvent) => {
    if (!ours(event)) return;
    event.preventDefault();
    go(to);
  };
  return <a href={BASE + to} onClick={open} {...rest} />;
}

/** Goes on at once, leaving nothing to come back to. */
export function Redirect({ to }: { to: string }) {
  useEffect(() => go(to, { replace: true }), [to]);
  return null;
}
