const KEY = 'shangda-phone-unit';

/** The unit this phone worked in last, where a person of several units begins again. */
export const lastUnit = (): string | null => localStorage.getItem(KEY);
export const rememberUnit = (code: string): void => localStorage.setItem(KEY, code);
export const forgetUnit = (): void => localStorage.removeItem(KEY);

/** Where to go after the login: only a path of the phone. */
export function nextPath(asked: string | null): string {
  return asked && /^\/(?![/\\])/.test(asked) ? asked : '/';
}
