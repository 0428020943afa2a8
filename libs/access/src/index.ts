export { AccessModule, accessContext } from './access.module';
export { AccessRecords, type AccessAction, type ReadSubject } from './application/access-records';
export { AddPerson } from './application/commands/add-person';
export { CorrectPerson } from './application/commands/correct-person';
export { EndAccess } from './application/commands/end-access';
export { GiveRole } from './application/commands/give-role';
export { MintToken } from './application/commands/mint-token';
export { ResetSignIn, type SignInReset } from './application/commands/reset-sign-in';
export { RevokeToken } from './application/commands/revoke-token';
export {
  PeopleRegister,
  type PersonEntry,
  type PersonFile,
  type PersonHistoryEntry,
} from './application/people-register';
export { type TokenRecord } from './application/token-store';
export { PERSON_ROLES, type RoleHeld, type RoleWanted } from './domain/person';
export { EmailTaken, LastAdministrator, NotYourOffice, PersonNotFound, PersonRefused } from './domain/person.errors';
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
