/**
 * When a session ends under an open page, the page stays: requests wait here until the person has
 * logged in again over it, then go out once more with the same Idempotency-Key.
 */
type Waiter = { resolve: () => void; reject: () => void };

let waiting: Waiter[] = [];
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

/** Waits for the person to log in again; rejects when they give up. */
export function askForLogin(): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting = [...waiting, { resolve, reject: () => reject(new Error('login refused')) }];
    tell();
  });
}

/** Ends the waiting of all requests. */
export function loginAnswered(success: boolean): void {
  const all = waiting;
  waiting = [];
  tell();
  all.forEach((waiter) => (success ? waiter.resolve() : waiter.reject()));
}

export const loginWanted = (): boolean => waiting.length > 0;

export function onLoginWanted(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
