import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toString as qrCode } from 'qrcode';
import { LocalSignIn, SignInStepOver, type SignInStep } from '@app/access';
import { isFromAnotherSite, Public, Refusal, safeNext } from '@app/http';
import { DomainError } from '@app/kernel';
import { SessionCookies } from './session-cookies';
import { dataImage, NO_ERRORS, pageErrors, refusedWith, textOf, type PageErrors } from './sign-in-page';
import { SignInPages } from './sign-in-pages';
import { StepCookie } from './step-cookie';

const PATHS: Readonly<Record<SignInStep['kind'], string>> = {
  'new-password': '/sign-in/new-password',
  enrol: '/sign-in/second-step',
  code: '/sign-in/code',
};
const CREDENTIAL_NAMES = { email: 'The e-mail address', password: 'The password' };
const PASSWORD_NAMES = { password: 'The new password', repeated: 'The repeated password' };
const CODE_NAMES = { code: 'The code' };

/** Signing in with a password and a second step, a page for each. */
@ApiExcludeController()
@Controller('sign-in')
export class LocalSignInController {
  constructor(
    private readonly signIn: LocalSignIn,
    private readonly cookies: SessionCookies,
    private readonly steps: StepCookie,
    private readonly pages: SignInPages,
  ) {}

  @Post()
  @HttpCode(200)
  @Public({ audit: null, offices: 'none' })
  async begin(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseOthers(request);
    const [email, password, next] = [textOf(body, 'email'), textOf(body, 'password'), textOf(body, 'next')];
    try {
      const ticket = await this.signIn.begin(email, password, request.ip);
      this.steps.keep(reply, ticket);
      const { kind } = await this.signIn.step(ticket);
      void reply.redirect(withNext(PATHS[kind], next), 303);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      refusedWith(reply, error);
      await this.pages.entry(reply, { next, email, ...pageErrors(error, CREDENTIAL_NAMES, 'email') });
    }
  }

  @Get(['new-password', 'second-step', 'code'])
  @Public({ audit: null, offices: 'none' })
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const next = safeNext((request.query as { next?: unknown }).next) ?? '';
    await this.guarded(reply, async () => {
      const step = await this.signIn.step(this.steps.of(request));
      const path = PATHS[step.kind];
      if (request.url.split('?')[0] !== path) return void reply.redirect(withNext(path, next), 303);
      await this.page(reply, step, next, NO_ERRORS);
    });
  }

  @Post('new-password')
  @HttpCode(200)
  @Public({ audit: null, offices: 'none' })
  async newPassword(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseOthers(request);
    const next = textOf(body, 'next');
    await this.attempt(request, reply, next, PASSWORD_NAMES, async (ticket) => {
      const changed = await this.signIn.chooseFirstPassword(ticket, textOf(body, 'password'), textOf(body, 'repeated'));
      this.steps.keep(reply, changed);
      const { kind } = await this.signIn.step(changed);
      void reply.redirect(withNext(PATHS[kind], next), 303);
    });
  }

  @Post('second-step')
  @HttpCode(200)
  @Public({ audit: null, offices: 'none' })
  async enrol(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseOthers(request);
    const next = textOf(body, 'next');
    await this.attempt(request, reply, next, CODE_NAMES, async (ticket) => {
      const { personId, recoveryCodes } = await this.signIn.enrol(ticket, textOf(body, 'code'));
      await this.cookies.begin(request, reply, personId, 'password');
      this.steps.remove(reply);
      // Shown in this answer and never again.
      await reply.viewAsync('sign-in/views/recovery-codes', {
        pageTitle: 'Keep your recovery codes',
        recoveryCodes,
        next: withNext('/sign-in', next),
      });
    });
  }

  @Post('code')
  @HttpCode(200)
  @Public({ audit: null, offices: 'none' })
  async code(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseOthers(request);
    const next = textOf(body, 'next');
    await this.attempt(request, reply, next, CODE_NAMES, async (ticket) => {
      const { personId, recoveryCodesLeft } = await this.signIn.confirm(ticket, textOf(body, 'code'));
      await this.cookies.begin(request, reply, personId, 'password');
      this.steps.remove(reply);
      const target =
        recoveryCodesLeft === null ? withNext('/sign-in', next) : '/staff/account?notice=recovery-code-used';
      void reply.redirect(target, 303);
    });
  }

  private async attempt(
    request: FastifyRequest,
    reply: FastifyReply,
    next: string,
    names: Readonly<Record<string, string>>,
    work: (ticket: string) => Promise<void>,
  ): Promise<void> {
    const ticket = this.steps.of(request);
    await this.guarded(reply, async () => {
      try {
        await work(ticket);
      } catch (error) {
        if (!(error instanceof DomainError) || error instanceof SignInStepOver) throw error;
        const step = await this.signIn.step(ticket);
        refusedWith(reply, error);
        await this.page(reply, step, next, pageErrors(error, names, Object.keys(names)[0]));
      }
    });
  }

  /** A step that is over leads back to the beginning, which says so. */
  private async guarded(reply: FastifyReply, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof SignInStepOver)) throw error;
      this.steps.remove(reply);
      void reply.redirect('/sign-in?said=over', 303);
    }
  }

  private async page(reply: FastifyReply, step: SignInStep, next: string, errors: PageErrors): Promise<void> {
    if (step.kind === 'new-password') {
      return void (await reply.viewAsync('sign-in/views/new-password', {
        pageTitle: 'Choose your password',
        ...{ step, next, ...errors },
      }));
    }
    if (step.kind === 'code') {
      return void (await reply.viewAsync('sign-in/views/code', { pageTitle: 'Enter your code', next, ...errors }));
    }
    const picture = dataImage(await qrCode(step.uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }));
    const secret = (step.secret.match(/.{1,4}/g) ?? []).join(' ');
    await reply.viewAsync('sign-in/views/second-step', {
      pageTitle: 'Set up your second step',
      ...{ picture, secret, next, ...errors },
    });
  }
}

/** These forms have no session whose token they could bring. */
function refuseOthers(request: FastifyRequest): void {
  if (isFromAnotherSite(request)) throw new Refusal(403);
}

function withNext(path: string, next: string): string {
  const safe = safeNext(next);
  return safe === null ? path : `${path}?next=${encodeURIComponent(safe)}`;
}
