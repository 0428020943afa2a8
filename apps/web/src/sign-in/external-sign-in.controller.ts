import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ExternalSignIn, ExternalSignInRefused, LocalSignIn, ProviderAway } from '@app/access';
import { cookieOf, Public, Refusal, safeNext, setCookie } from '@app/http';
import { SessionCookies } from './session-cookies';

const COOKIE = 'postbag_external';
const TICKET_MS = 10 * 60_000;

/** Signing in through the organisation: away to it, and back. */
@ApiExcludeController()
@Controller('sign-in/oidc')
export class ExternalSignInController {
  constructor(
    private readonly external: ExternalSignIn,
    private readonly cookies: SessionCookies,
    private readonly signIn: LocalSignIn,
  ) {}

  @Get()
  @Public({ audit: null, offices: 'none' })
  async start(@Query('next') next: unknown, @Res() reply: FastifyReply): Promise<void> {
    if (!this.external.isOffered) throw new Refusal(404);
    await this.refusingPlainly(reply, async () => {
      const { address, ticket } = await this.external.start(safeNext(next) ?? '');
      this.keep(reply, ticket, new Date(Date.now() + TICKET_MS));
      void reply.redirect(address, 303);
    });
  }

  @Get('callback')
  @Public({ audit: null, offices: 'none' })
  async finish(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!this.external.isOffered) throw new Refusal(404);
    // Good for one attempt, whatever comes of it.
    const ticket = cookieOf(request, COOKIE) ?? '';
    this.keep(reply, '', new Date(0));
    await this.refusingPlainly(reply, async () => {
      const query = request.url.split('?')[1] ?? '';
      const { personId, idToken, next } = await this.external.finish(query, ticket);
      await this.cookies.begin(request, reply, personId, 'oidc', idToken);
      const target = safeNext(next);
      void reply.redirect(target ?? '/sign-in', 303);
    });
  }

  private keep(reply: FastifyReply, ticket: string, expires: Date): void {
    setCookie(reply, COOKIE, ticket, { expires, secure: this.cookies.isSecure });
  }

  private async refusingPlainly(reply: FastifyReply, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ExternalSignInRefused) && !(error instanceof ProviderAway)) throw error;
      if (error instanceof ExternalSignInRefused) await this.signIn.failed('oidc', error.reason, null);
      await reply.status(error instanceof ProviderAway ? 503 : 403).viewAsync('sign-in/views/refused', {
        pageTitle: 'You are not signed in',
        text: error.message,
      });
    }
  }
}
