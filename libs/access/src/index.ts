export { AccessModule, accessContext } from './access.module';
export { AccessRecords, type AccessAction, type ReadSubject } from './application/access-records';
export { ExternalSignIn } from './application/external-sign-in';
export { ExternalSignInRefused, NobodyHere, ProviderAway } from './application/external-sign-in.errors';
export { FirstAdministrator, type OneTimeSignIn } from './application/first-administrator';
export { LocalSignIn, type SignInStep } from './application/local-sign-in';
export {
  CodeRefused,
  NewPasswordRefused,
  SignInRefused,
  SignInStepOver,
  TooManyAttempts,
} from './application/sign-in.errors';
export { People, type PersonSummary } from './application/people';
export {
  Sessions,
  type NewSession,
  type RunningSession,
  type SessionIdentity,
  type SignInMethod,
} from './application/sessions';
export { InvalidTokenRequest, TokenNotFound } from './application/token.errors';
export { Tokens, type TokenIdentity, type TokenRequest } from './application/tokens';
export { DEMONSTRATION_PEOPLE, type DemonstrationPerson } from './demonstration/demonstration-people';
export { LoadDemonstrationPeople } from './demonstration/load-demonstration-people';
export { can, isRole, PERMISSIONS, permissionsOf, ROLES, type Permission, type Role } from './domain/roles';
