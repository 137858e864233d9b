import type { RoleStore } from '../../identity/role-store.ts';

/** Whether an ARN in a trust policy names a role, a session of a role, or the administrator that clients act as. */
export function isPrincipal(roles: RoleStore, arn: string): boolean {
  const [, service, account = '', kind, name = ''] =
    /^arn:aws:(iam|sts)::(\d{12}):([a-z-]+)\/(.+)$/.exec(arn) ?? [];
  if (service === 'iam' && kind === 'role') {
    return roles.find(account, name.slice(name.lastIndexOf('/') + 1))?.arn === arn;
  }
  if (service === 'iam') return kind === 'user' && name === 'administrator';
  const [role = '', session] = name.split('/');
  return kind === 'assumed-role' && session !== undefined && roles.find(account, role) !== undefined;
}
