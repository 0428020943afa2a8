import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { currentCaller } from '@app/platform';
import { Tokens } from '../tokens';

/** Ends a token of the caller's own offices. */
export class RevokeToken extends Command<void> {
  constructor(readonly tokenId: string) {
    super();
  }
}

@CommandHandler(RevokeToken)
export class RevokeTokenHandler implements ICommandHandler<RevokeToken> {
  constructor(private readonly tokens: Tokens) {}

  execute({ tokenId }: RevokeToken): Promise<void> {
    return this.tokens.revoke(tokenId, currentCaller().offices);
  }
}
