import type { Administrator, NewTenant } from '../api/platform';

export type AdministratorKey = 'administrator' | 'security_administrator' | 'audit_administrator';

export const administrators: { key: AdministratorKey; name: string; does: string }[] = [
  { key: 'administrator', name: '系统管理员', does: '管成员、机构和流程' },
  { key: 'security_administrator', name: '安全管理员', does: '管角色和授权' },
  { key: 'audit_administrator', name: '审计管理员', does: '查阅审计日志' },
];

export type TenantForm = Record<'code' | 'name' | 'short_name' | 'kind' | 'party' | 'level' | 'division' | 'class' | 'journal', string>
  & Record<AdministratorKey, Administrator>;

const nobody: Administrator = { name: '', login: '', password: '' };

export const emptyForm: TenantForm = {
  code: '', name: '', short_name: '', kind: 'cppcc', party: '', level: 'county', division: '', class: '', journal: '',
  administrator: nobody, security_administrator: nobody, audit_administrator: nobody,
};

/** What keeps the form from being sent, by field. */
export function formFaults(form: TenantForm): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/.test(form.code.trim())) faults.code = '只能用小写字母、数字和连字符';
  if (form.name.trim().length < 2) faults.name = '请填写单位全称';
  if (!form.short_name.trim()) faults.short_name = '请填写单位简称';
  if (form.kind === 'party' && !form.party) faults.party = '请选择所属民主党派';
  if (form.division && !/^\d{6}$/.test(form.division.trim())) faults.division = '应为 6 位数字';
  const logins = new Set<string>();
  for (const { key, name } of administrators) {
    const { login, password, ...person } = form[key];
    const plain = login.trim().toLowerCase();
    if (!person.name.trim() || !/^[a-z0-9][a-z0-9._@-]{1,63}$/.test(plain)) faults[key] = `请填写${name}的姓名和登录名`;
    else if (password.length < 8) faults[key] = '初始密码至少 8 个字符';
    else if (logins.has(plain)) faults[key] = '三类管理员须由不同的人担任';
    logins.add(plain);
  }
  return faults;
}

const person = ({ name, login, password }: Administrator): Administrator => ({ name: name.trim(), login: login.trim().toLowerCase(), password });

/** The form as it is sent. */
export function sentTenant(form: TenantForm): NewTenant {
  const optional = (text: string) => text.trim() || undefined;
  return {
    code: form.code.trim(), name: form.name.trim(), short_name: form.short_name.trim(), kind: form.kind, level: form.level,
    party: form.kind === 'party' ? form.party : undefined, division: optional(form.division), class: optional(form.class), journal: optional(form.journal),
    administrator: person(form.administrator), security_administrator: person(form.security_administrator),
    audit_administrator: person(form.audit_administrator),
  };
}
