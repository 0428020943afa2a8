export { AccessModule, accessContext } from './access.module';
export { AccessRecords, type AccessAction, type ReadSubject } from './application/access-records';
export { People, type PersonSummary } from './application/people';
export { Sessions, type NewSession, type SessionIdentity, type SignInMethod } from './application/sessions';
export { InvalidTokenRequest, TokenNotFound } from './application/token.errors';
export { Tokens, type TokenIdentity, type TokenRequest } from './application/tokens';
export { DEMONSTRATION_PEOPLE, type DemonstrationPerson } from './demonstration/demonstration-people';
export { LoadDemonstrationPeople } from './demonstration/load-demonstration-people';
export { can, isRole, PERMISSIONS, permissionsOf, ROLES, type Permission, type Role } from './domain/roles';
