import { Global, Module } from '@nestjs/common';
import type { ContextDeclaration } from '@app/platform';
import { AccessRecords } from './application/access-records';
import { AddPerson, AddPersonHandler } from './application/commands/add-person';
import { CorrectPerson, CorrectPersonHandler } from './application/commands/correct-person';
import { EndAccess, EndAccessHandler } from './application/commands/end-access';
import { GiveRole, GiveRoleHandler } from './application/commands/give-role';
import { MintToken, MintTokenHandler } from './application/commands/mint-token';
import { ResetSignIn, ResetSignInHandler } from './application/commands/reset-sign-in';
import { RevokeToken, RevokeTokenHandler } from './application/commands/revoke-token';
import { ExternalIdentities } from './application/external-identities';
import { ExternalSignIn } from './application/external-sign-in';
import { FirstAdministrator } from './application/first-administrator';
import { Hindrances } from './application/hindrances';
import { LocalAccounts } from './application/local-accounts';
import { LocalSignIn } from './application/local-sign-in';
import { Passwords } from './application/passwords';
import { People } from './application/people';
import { PeopleRegister } from './application/people-register';
import { PersonChanges } from './application/person-changes';
import { PersonRepository } from './application/person-repository';
import { Seal } from './application/seal';
import { Sessions } from './application/sessions';
import { TokenStore } from './application/token-store';
import { Tokens } from './application/tokens';
import { LoadDemonstrationPeople } from './demonstration/load-demonstration-people';
import { SqlTokenStore } from './infrastructure/sql-token-store';

export const accessContext: ContextDeclaration = {
  events: {
    'access.token-minted': { schemaVersion: 1 },
    'access.token-revoked': { schemaVersion: 1 },
    'access.person-added': { schemaVersion: 1 },
    'access.person-corrected': { schemaVersion: 1 },
    'access.role-given': { schemaVersion: 1 },
    'access.roles-ended': { schemaVersion: 1 },
    'access.password-reset': { schemaVersion: 1 },
    'access.password-changed': { schemaVersion: 1 },
    'access.second-step-enrolled': { schemaVersion: 1 },
    'access.recovery-codes-replaced': { schemaVersion: 1 },
    'access.recovery-code-used': { schemaVersion: 1 },
    'access.identity-linked': { schemaVersion: 1 },
    'access.identity-unlinked': { schemaVersion: 1 },
    'access.sign-in-failed': { schemaVersion: 1 },
    'access.signed-in': { schemaVersion: 1 },
    'access.session-ended': { schemaVersion: 1 },
  },
  messages: [AddPerson, CorrectPerson, EndAccess, GiveRole, MintToken, ResetSignIn, RevokeToken],
  entities: [],
};

/** Who may do what, the tokens that say who it is, and the record of reading. */
@Global()
@Module({
  providers: [
    Tokens,
    AccessRecords,
    People,
    PersonRepository,
    PersonChanges,
    PeopleRegister,
    AddPersonHandler,
    CorrectPersonHandler,
    EndAccessHandler,
    GiveRoleHandler,
    MintTokenHandler,
    ResetSignInHandler,
    RevokeTokenHandler,
    Sessions,
    Seal,
    Passwords,
    Hindrances,
    LocalAccounts,
    LocalSignIn,
    FirstAdministrator,
    ExternalIdentities,
    ExternalSignIn,
    LoadDemonstrationPeople,
    { provide: TokenStore, useClass: SqlTokenStore },
  ],
  exports: [
    Tokens,
    AccessRecords,
    People,
    PeopleRegister,
    Sessions,
    LocalSignIn,
    ExternalSignIn,
    FirstAdministrator,
    LoadDemonstrationPeople,
  ],
})
export class AccessModule {}
