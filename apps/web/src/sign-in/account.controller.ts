import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LocalSignIn, Sessions, type RunningSession } from '@app/access';
import { Refusal, Requires } from '@app/http';
import { DomainError } from '@app/kernel';
import { showStaffPage } from '../staff/staff-page';
import { SessionCookies } from './session-cookies';
import { NO_ERRORS, pageErrors, refusedWith, textOf, type PageErrors } from './sign-in-page';

const NAMES = { current: 'What you entered', password: 'The new password', repeated: 'The repeated password' };
const METHODS: Readonly<Record<RunningSession['method'], string>> = {
  demonstration: 'Demonstration',
  password: 'Password and code',
  oidc: 'Your organisation',
};

/** Somebody's own sessions, password and recovery codes. */
@ApiExcludeController()
@Controller('staff/account')
export class AccountController {
  constructor(
    private readonly sessions: Sessions,
    private readonly signIn: LocalSignIn,
    private readonly cookies: SessionCookies,
  ) {}

  @Get()
  @Requires('account:own', { audit: null })
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.page(request, reply, NO_ERRORS);
  }

  @Post('sessions/:id/end')
  @HttpCode(200)
  @Requires('account:own', { audit: null })
  async end(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const ended = isUUID(id) && (await this.sessions.endOne(personOf(request), id, 'ended-by-person'));
    if (!ended) throw new Refusal(404);
    void reply.redirect('/staff/account?notice=sessions-ended', 303);
  }

  @Post('sign-out-everywhere')
  @HttpCode(200)
  @Requires('account:own', { audit: null })
  async signOutEverywhere(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sessions.endAll(personOf(request), 'signed-out-everywhere');
    await this.cookies.end(request, reply);
    void reply.redirect('/sign-in?said=everywhere', 303);
  }

  @Post('password')
  @HttpCode(200)
  @Requires('account:own', { audit: null })
  async changePassword(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.attempt(request, reply, async () => {
      const [current, password, repeated] = [
        textOf(body, 'current'),
        textOf(body, 'password'),
        textOf(body, 'repeated'),
      ];
      await this.signIn.changePassword(personOf(request), current, password, repeated);
      void reply.redirect('/staff/account?notice=password-changed', 303);
    });
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @Requires('account:own', { audit: null })
  async renewRecoveryCodes(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.attempt(request, reply, async () => {
      const recoveryCodes = await this.signIn.renewRecoveryCodes(personOf(request), textOf(body, 'current'));
      await reply.viewAsync('sign-in/views/recovery-codes', {
        pageTitle: 'Keep your recovery codes',
        ...{ recoveryCodes, next: '/staff/account' },
      });
    });
  }

  private async attempt(request: FastifyRequest, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refusedWith(reply, error);
      // Two forms of the page ask for the password: the message belongs to the one that was sent.
      const isCodes = request.url.endsWith('/recovery-codes');
      const { errors, errorOf } = pageErrors(error, NAMES, 'current');
      const moved = isCodes ? { errors: errors.map(({ text }) => ({ text, href: '#codes-current' })) } : { errors };
      await this.page(request, reply, {
        ...moved,
        errorOf: isCodes ? { codes: errorOf.current ?? { text: '' } } : errorOf,
      });
    }
  }

  private async page(request: FastifyRequest, reply: FastifyReply, errors: PageErrors): Promise<void> {
    const running = await this.sessions.running(personOf(request));
    await showStaffPage(reply, 'sign-in/views/account', {
      pageTitle: 'Your account',
      sessions: running.map(({ id, method, beganAt, lastSeenAt }) => ({
        id,
        method: METHODS[method],
        beganAt: beganAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        isThis: id === request.tokenId,
      })),
      recoveryCodesLeft: await this.signIn.recoveryCodesLeft(personOf(request)),
      ...errors,
    });
  }
}

function personOf(request: FastifyRequest): string {
  return request.caller.actor.id;
}
