import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ExternalIdentities } from '../external-identities';
import { Hindrances } from '../hindrances';
import { LocalAccounts } from '../local-accounts';
import { PeopleRegister } from '../people-register';
import { Sessions } from '../sessions';

/** What an administrator does for somebody who cannot get in, or whose session must end. */
export type SignInReset = 'one-time-password' | 'end-sessions' | 'unlink';

/** Answers the one-time password where one was asked for: the only time it is seen. */
export class ResetSignIn extends Command<string | null> {
  constructor(
    readonly personId: string,
    readonly reset: SignInReset,
  ) {
    super();
  }
}

@CommandHandler(ResetSignIn)
export class ResetSignInHandler implements ICommandHandler<ResetSignIn> {
  constructor(
    private readonly register: PeopleRegister,
    private readonly accounts: LocalAccounts,
    private readonly identities: ExternalIdentities,
    private readonly hindrances: Hindrances,
    private readonly sessions: Sessions,
  ) {}

  async execute({ personId, reset }: ResetSignIn): Promise<string | null> {
    const person = await this.register.mine(personId);
    switch (reset) {
      case 'one-time-password': {
        const password = await this.accounts.giveOneTimePassword(personId);
        await this.hindrances.forgive('account', person.email);
        await this.hindrances.forgive('code', personId);
        return password;
      }
      case 'unlink':
        await this.identities.unlink(personId);
        await this.sessions.endAll(personId, 'ended-by-administrator');
        return null;
      case 'end-sessions':
        await this.sessions.endAll(personId, 'ended-by-administrator');
        return null;
    }
  }
}
