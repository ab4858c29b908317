import { useQuery } from '@tanstack/react-query';
import { get, inTenant, post, put } from '@/lib/http';
import { qk } from '@/lib/query';
import { useMay, useTenantCode } from '@/lib/tenant';
import type { Schemas, Scope } from '@/lib/types';
import { useAction } from '@/lib/useAction';

export type Role = Schemas['RolesRoleView'];

export type Permission = Schemas['RolesPermissionView'];

/** Permission → scope. */
export type Grants = Record<string, Scope>;

export type Matrix = Omit<Schemas['RolesMatrix'], 'grants'> & { grants: Record<string, Grants> };

/** Who may do what in this unit; nothing for those who may not read it. */
export function useMatrix() {
  const tenant = useTenantCode();
  return useQuery({
    queryKey: qk(tenant, 'roles'),
    queryFn: () => get<Matrix>(inTenant(tenant, '/roles')),
    enabled: useMay('role:read'),
  });
}

/** A role of the unit's own, with all rights of the one it copies. */
export function useCopyRole() {
  const tenant = useTenantCode();
  return useAction(
    (body: { code: string; name: string; copy_of: string }, key) => post<Matrix>(inTenant(tenant, '/roles'), { body, key }),
    ['roles'],
  );
}

export function useSetGrants() {
  const tenant = useTenantCode();
  return useAction(
    ({ role, grants }: { role: string; grants: Grants }, key) =>
      put<Matrix>(inTenant(tenant, `/roles/${encodeURIComponent(role)}/grants`), { body: grants, key }),
    ['roles', 'me'],
  );
}

/** Makes these the roles of a member, no more and no fewer. */
export function useAssignRoles() {
  const tenant = useTenantCode();
  return useAction(
    ({ member, roles }: { member: string; roles: string[] }, key) =>
      put<{ roles: string[] }>(inTenant(tenant, `/members/${member}/roles`), { body: { roles }, key }),
    ['members', 'me'],
  );
}
