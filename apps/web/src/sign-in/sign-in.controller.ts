import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DEMONSTRATION_PEOPLE, ExternalSignIn, Sessions } from '@app/access';
import { isFromAnotherSite, Public, Refusal, Requires, safeNext, sessionCookieOf } from '@app/http';
import { Config } from '@app/platform';
import { landingOf } from './landing';
import { SessionCookies } from './session-cookies';
import { SignInPages } from './sign-in-pages';

/** Signing in and out. */
@ApiExcludeController()
@Controller()
export class SignInController {
  constructor(
    private readonly config: Config,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly pages: SignInPages,
    private readonly external: ExternalSignIn,
  ) {}

  @Get('sign-in')
  @Public({ audit: null, offices: 'none' })
  async show(
    @Query() { next, said }: { next?: unknown; said?: unknown },
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const target = safeNext(next);
    const cookie = sessionCookieOf(request);
    const signedIn = cookie === null ? null : await this.sessions.verify(cookie);
    if (signedIn) return void reply.redirect(target ?? landingOf(signedIn.role), 303);
    await this.pages.entry(reply, { next: target ?? '', said });
  }

  @Post('sign-in/demonstration')
  @HttpCode(200)
  @Public({ audit: null, offices: 'none' })
  async demonstration(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!this.config.demo) throw new Refusal(404);
    if (isFromAnotherSite(request)) throw new Refusal(403);
    const { person: id, next } = (body ?? {}) as { person?: unknown; next?: unknown };
    const person = DEMONSTRATION_PEOPLE.find((each) => each.id === id);
    if (!person) throw new Refusal(404);
    await this.cookies.begin(request, reply, person.id, 'demonstration');
    void reply.redirect(safeNext(next) ?? landingOf(person.role), 303);
  }

  @Post('sign-out')
  @HttpCode(200)
  @Requires('account:own', { audit: null })
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const idToken = await this.cookies.end(request, reply);
    const address = idToken === null ? null : await this.external.endSessionAddress(idToken);
    if (address === null) return void reply.redirect('/sign-in?said=out', 303);
    // Not a redirect: a form may lead to our own pages only, and the policy says so to the browser.
    await reply.viewAsync('sign-in/views/signed-out', { pageTitle: 'You are signed out of Postbag', address });
  }
}
