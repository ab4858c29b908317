import { createContext, useContext } from 'react';
import type { Me, Scope } from './types';

/** The unit this page works in, and what the person may do there. */
export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside a tenant');
  return me;
}

export const useTenantCode = (): string => useMe().tenant.code;

/** The scope of a permission, or undefined. */
export const scopeOf = (me: Me, permission: string): Scope | undefined => me.permissions[permission];

/** Whether the person holds any of the permissions. */
export const mayAny = (me: Me, ...permissions: string[]): boolean => permissions.some((name) => name in me.permissions);

export function useMay(...permissions: string[]): boolean {
  return mayAny(useMe(), ...permissions);
}
