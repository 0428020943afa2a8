import { Injectable } from '@nestjs/common';
import { ExternalSignIn } from '@app/access';
import { Config } from '@app/platform';
import type { FastifyReply } from 'fastify';
import { demonstrationGroups } from './demonstration-groups';
import { NO_ERRORS, type PageErrors } from './sign-in-page';

const SAID: Readonly<Record<string, string>> = {
  out: 'You are signed out.',
  everywhere: 'You are signed out everywhere.',
  over: 'Signing in took too long. Please begin again.',
};

interface Entry extends Partial<PageErrors> {
  readonly next: string;
  readonly email?: string;
  readonly said?: unknown;
}

/** The page that signing in begins with, with every way that this installation offers. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly config: Config,
    private readonly external: ExternalSignIn,
  ) {}

  async entry(reply: FastifyReply, { next, email = '', said, ...errors }: Entry): Promise<void> {
    await reply.viewAsync('sign-in/views/sign-in', {
      pageTitle: 'Sign in to Postbag',
      next,
      email,
      said: typeof said === 'string' && Object.hasOwn(SAID, said) ? SAID[said] : null,
      demonstration: this.config.demo ? demonstrationGroups() : null,
      isExternalOffered: this.external.isOffered,
      ...NO_ERRORS,
      ...errors,
    });
  }
}
