import { Global, Module } from '@nestjs/common';
import type { ContextDeclaration } from '@app/platform';
import { AccessRecords } from './application/access-records';
import { TokenStore } from './application/token-store';
import { Tokens } from './application/tokens';
import { SqlTokenStore } from './infrastructure/sql-token-store';

export const accessContext: ContextDeclaration = {
  events: {
    'access.token-minted': { schemaVersion: 1 },
    'access.token-revoked': { schemaVersion: 1 },
  },
  messages: [],
  entities: [],
};

/** Who may do what, the tokens that say who it is, and the record of reading. */
@Global()
@Module({
  providers: [Tokens, AccessRecords, { provide: TokenStore, useClass: SqlTokenStore }],
  exports: [Tokens, AccessRecords],
})
export class AccessModule {}
