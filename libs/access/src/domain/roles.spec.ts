import { can, isRole, PERMISSIONS, permissionsOf, ROLES, type Permission } from './roles';

const writing: readonly Permission[] = [
  'case:write',
  'case:log',
  'case:approve',
  'queue:take',
  'correspondent:write',
  'attention:settle',
  'configuration:write',
];

describe('roles', () => {
  it('lets an auditor read everything and write nothing but dip-sample scores', () => {
    expect(permissionsOf('auditor').filter((each) => !each.endsWith(':read'))).toEqual([
      'dip-sample:write',
      'account:own',
    ]);
    expect(PERMISSIONS.filter((each) => each.endsWith(':read') && !can('auditor', each))).toEqual([]);
  });

  it('keeps everything the public wrote from an administrator', () => {
    expect(permissionsOf('administrator')).toEqual([
      'configuration:read',
      'configuration:write',
      'working-days:read',
      'account:own',
      'access:write',
    ]);
  });

  it('lets the commissioner read and sign, not work on a case', () => {
    expect(writing.filter((each) => can('commissioner', each))).toEqual(['case:approve']);
  });

  it('lets caseworkers and managers approve replies, but no key of another system', () => {
    expect(can('caseworker', 'case:approve')).toBe(true);
    expect(can('manager', 'case:approve')).toBe(true);
    expect(can('service', 'case:approve')).toBe(false);
  });

  it('gives a key the scopes of a service and no more', () => {
    expect(permissionsOf('service')).toEqual([
      'case:read',
      'case:log',
      'review:read',
      'metrics:read',
      'events:read',
      'working-days:read',
    ]);
  });

  it('grants nothing to a role that does not exist, whatever it is called', () => {
    for (const role of ['', 'root', 'public', 'system', 'constructor', '__proto__', 'Manager']) {
      expect(isRole(role)).toBe(false);
      expect(PERMISSIONS.filter((each) => can(role, each))).toEqual([]);
    }
  });

  it('has no permission that nobody holds and no role without one', () => {
    expect(PERMISSIONS.filter((each) => !ROLES.some((role) => can(role, each)))).toEqual([]);
    expect(ROLES.filter((role) => permissionsOf(role).length === 0)).toEqual([]);
  });
});
