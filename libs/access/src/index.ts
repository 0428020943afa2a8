export { AccessModule, accessContext } from './access.module';
export { AccessRecords, type AccessAction, type ReadSubject } from './application/access-records';
export { InvalidTokenRequest, TokenNotFound } from './application/token.errors';
export { Tokens, type TokenIdentity, type TokenRequest } from './application/tokens';
export { can, isRole, PERMISSIONS, permissionsOf, ROLES, type Permission, type Role } from './domain/roles';
