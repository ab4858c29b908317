import { del, get, inTenant, post } from '@/lib/http';
import type { Account, Me } from '@/lib/types';

/** Logs a person in. */
export const logIn = (login: string, password: string) =>
  post<Account>('/session', { body: { login, password }, relogin: false });

/** Ends the person's session and those of all units. */
export const logOut = () => del<void>('/session', { relogin: false });

/** The logged-in person and the units they may enter. */
export const whoAmI = () => get<Account>('/me', { relogin: false });

/** Enters a unit, or switches to it. */
export const enterTenant = (tenant: string) => post<Me>(inTenant(tenant, '/session'), { relogin: false });

/** Who the person is in a unit; enters it when its own session has ended. */
export async function meIn(tenant: string): Promise<Me> {
  try {
    return await get<Me>(inTenant(tenant, '/me'), { relogin: false });
  } catch (error) {
    if ((error as { status?: number }).status !== 401) throw error;
    return enterTenant(tenant);
  }
}
