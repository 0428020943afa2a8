/** The roles of contract.md. A person or a key holds exactly one, in one or several offices. */
export const ROLES = [
  'caseworker',
  'review-manager',
  'manager',
  'commissioner',
  'auditor',
  'administrator',
  'service',
] as const;
export type Role = (typeof ROLES)[number];

/** What a route may ask for: a thing and what is done with it. */
export const PERMISSIONS = [
  'case:read',
  'case:write',
  'case:log',
  'case:approve',
  'queue:take',
  // Complaint reviews: seeing them, working on them, and checking the quality of somebody else's.
  'review:read',
  'review:write',
  'review:check',
  'correspondent:read',
  'correspondent:write',
  'outgoing:read',
  'metrics:read',
  'assurance:read',
  'events:read',
  'attention:read',
  'attention:settle',
  'configuration:read',
  'configuration:write',
  'working-days:read',
  'access-record:read',
  'dip-sample:write',
  // How the force handles complaints, and what the office does about it.
  'scrutiny:read',
  'scrutiny:write',
  'publication:read',
  'publication:write',
  'publication:check',
  // Their own sessions, password and second step: for everybody who signs in.
  'account:own',
  // People, roles, sessions and tokens of the offices.
  'access:write',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const CASEWORK: readonly Permission[] = [
  'account:own',
  'case:read',
  'case:write',
  // In a small office caseworkers approve each other's replies; who may approve whose becomes a setting.
  'case:approve',
  'case:log',
  'queue:take',
  'review:read',
  'correspondent:read',
  'correspondent:write',
  'outgoing:read',
  'metrics:read',
  'assurance:read',
  'attention:read',
  'attention:settle',
  'configuration:read',
  'working-days:read',
  'publication:read',
  'scrutiny:read',
];

/** The one table that says who may do what. Which offices, and which restricted cases, is decided elsewhere. */
const GRANTED: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  caseworker: new Set(CASEWORK),
  'review-manager': new Set([
    ...CASEWORK,
    'scrutiny:write',
    'dip-sample:write',
    'publication:write',
    'review:write',
    'review:check',
  ]),
  manager: new Set([
    ...CASEWORK,
    'scrutiny:write',
    'dip-sample:write',
    'publication:write',
    'publication:check',
    'review:write',
    'review:check',
    'events:read',
    'access-record:read',
  ]),
  // Reads and signs: an approval is a signature.
  commissioner: new Set([
    'account:own',
    'case:read',
    'case:approve',
    'review:read',
    'review:check',
    'correspondent:read',
    'outgoing:read',
    'metrics:read',
    'assurance:read',
    'configuration:read',
    'working-days:read',
    'publication:read',
    'publication:check',
    'scrutiny:read',
  ]),
  // Writes dip-sample scores and nothing else, so that an audit never changes what it looks at.
  auditor: new Set([
    'account:own',
    'case:read',
    'review:read',
    'correspondent:read',
    'outgoing:read',
    'metrics:read',
    'assurance:read',
    'events:read',
    'attention:read',
    'configuration:read',
    'working-days:read',
    'access-record:read',
    'scrutiny:read',
    'dip-sample:write',
    'publication:read',
  ]),
  // Runs the product without seeing what the public wrote.
  administrator: new Set([
    'account:own',
    'access:write',
    'configuration:read',
    'configuration:write',
    'working-days:read',
  ]),
  service: new Set(['case:log', 'case:read', 'review:read', 'metrics:read', 'events:read', 'working-days:read']),
};

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** Whether the role holds the permission. A role that does not exist holds none. */
export function can(role: string, permission: Permission): boolean {
  return isRole(role) && GRANTED[role].has(permission);
}

/** Everything a role may do, for pages and descriptions. */
export function permissionsOf(role: Role): readonly Permission[] {
  return PERMISSIONS.filter((permission) => GRANTED[role].has(permission));
}
