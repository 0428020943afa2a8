import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { currentCaller } from '@app/platform';
import { InvalidTokenRequest } from '../token.errors';
import { Tokens, type TokenRequest } from '../tokens';

/** A token for a program or a person, of the caller's own offices. Answers it: the only time it is seen. */
export class MintToken extends Command<{ readonly id: string; readonly token: string }> {
  constructor(readonly request: TokenRequest) {
    super();
  }
}

@CommandHandler(MintToken)
export class MintTokenHandler implements ICommandHandler<MintToken> {
  constructor(private readonly tokens: Tokens) {}

  execute({ request }: MintToken): Promise<{ readonly id: string; readonly token: string }> {
    const { actor, offices } = currentCaller();
    if (request.offices.some((office) => !offices.includes(office))) {
      throw new InvalidTokenRequest([{ pointer: '/offices', message: 'must be offices that you administer' }]);
    }
    if (request.label.trim() === '') {
      throw new InvalidTokenRequest([{ pointer: '/label', message: 'must say what it is for' }]);
    }
    return this.tokens.mintWithId({ ...request, label: request.label.trim() }, `${actor.kind}:${actor.id}`);
  }
}
