import { Controller, Get, NotFoundException, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CaseSettings } from '@app/casework';
import { Public } from '@app/http';
import { Offices } from '@app/offices';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorsModel, typed, type FormError } from '../http/form-errors';
import { PublicThrottle } from '../http/public-limits';
import { messagesFor, showPublicPage } from '../http/public-page';
import { readForm } from '../http/read-form';
import { ContactDrafting, type Writing } from './contact-drafting';
import { stepModel } from './contact-page';
import {
  ADVISED_TOPICS,
  answersOf,
  checkStep,
  isContactStep,
  openStep,
  readStep,
  type ContactAnswers,
  type ContactStep,
} from './contact-steps';

/** The contact form, one question a page: plain HTML, no script and no account needed. */
@ApiExcludeController()
@Controller('contact')
export class ContactController {
  constructor(
    private readonly drafting: ContactDrafting,
    private readonly settings: CaseSettings,
    private readonly offices: Offices,
    private readonly throttle: PublicThrottle,
  ) {}

  @Get()
  @Public({ audit: null, offices: 'none' })
  start(@Res() reply: FastifyReply): Promise<void> {
    return showPublicPage(reply, 'contact/views/start', { title: 'contact.title', backHref: '/' });
  }

  @Get('postcode')
  @Public({ audit: null, offices: 'none' })
  async postcode(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.showPostcode(reply, await this.drafting.find(request), null, []);
  }

  @Post('postcode')
  @Public({ audit: null, offices: 'none' })
  async findOffice(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields } = await readForm(request);
    const writing = unsent(await this.drafting.find(request));
    const postcode = typed(fields.postcode).toUpperCase().slice(0, 11);
    if (postcode === '' || postcode.length > 10) {
      const text = postcode === '' ? 'postcodeEmpty' : 'postcode';
      return this.showPostcode(reply, writing, postcode, [{ field: 'postcode', text: `contact.errors.${text}` }]);
    }
    const office = await this.settings.officeOfPostcode(postcode);
    const answers = office === null ? { postcode } : { postcode, office };
    if (writing) await this.drafting.keep(writing.token, null, answers);
    else await this.begin(request, reply, null, answers);
    return void reply.redirect('/contact/office?by=postcode', 303);
  }

  /** What is good to know before going on with some topics. */
  @Get('advice')
  @Public({ audit: null, offices: 'none' })
  async advice(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const writing = unsent(await this.drafting.find(request));
    const topic = writing?.answers.topic ?? '';
    if (!ADVISED_TOPICS.includes(topic)) return void reply.redirect('/contact/topic', 303);
    await showPublicPage(reply, 'contact/views/advice', {
      title: `contact.advice.title`,
      topic,
      backHref: '/contact/topic',
      hasLetter: true,
      next: await this.nextOf(writing),
    });
  }

  @Get('expired')
  @Public({ audit: null, offices: 'none' })
  async expired(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const writing = await this.drafting.find(request);
    if (!writing) this.drafting.clear(reply);
    await showPublicPage(reply, 'contact/views/expired', { title: 'contact.expired.title', isKept: writing !== null });
  }

  @Post('leave')
  @Public({ audit: null, offices: 'none' })
  async leave(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.drafting.leave(request, reply);
    void reply.redirect('/', 303);
  }

  @Get(':step')
  @Public({ audit: null, offices: 'none' })
  async show(
    @Param('step') step: string,
    @Query('by') by: unknown,
    @Query('begun') begun: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isContactStep(step)) throw new NotFoundException();
    const found = await this.drafting.find(request);
    if (found?.receipt && step !== 'office') return this.toReceipt(reply, found);
    const writing = unsent(found);
    if (writing === null && step !== 'office') {
      if (this.drafting.isExpired(request, found)) return void reply.redirect('/contact/expired', 303);
      if (begun === undefined) return void reply.redirect('/contact/office', 303);
      return showPublicPage(reply, 'contact/views/cookies', { title: 'contact.cookies.title' });
    }
    await this.showStep(request, reply, step, writing, {}, [], by === 'postcode');
  }

  @Post(':step')
  @Public({ audit: null, offices: 'none' })
  async answer(@Param('step') step: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isContactStep(step) || step === 'files') throw new NotFoundException();
    const { fields } = await readForm(request);
    // A field that people cannot see was filled in by a program. It is told nothing and stored nowhere.
    if (fields.website) return void reply.redirect('/', 303);
    const found = await this.drafting.find(request);
    if (found?.receipt && step !== 'office') return this.toReceipt(reply, found);
    const writing = unsent(found);
    const given = readStep(step, fields);
    const answers = answersOf({ ...writing?.answers, ...given });
    const errors = checkStep(step, answers, await this.officeIds());
    if (errors.length > 0) return this.showStep(request, reply, step, writing, given, errors, false);
    const isKept = writing !== null && (await this.drafting.keep(writing.token, step, given));
    if (isKept) return void reply.redirect(await this.after(step, { ...writing, answers }), 303);
    await this.begin(request, reply, step, given);
    // What was typed is not lost, even where the letter that it belongs to is.
    return void reply.redirect(step === 'office' ? '/contact/topic?begun=1' : '/contact/expired', 303);
  }

  private async after(step: ContactStep, writing: Writing): Promise<string> {
    if (step === 'topic' && ADVISED_TOPICS.includes(writing.answers.topic)) return '/contact/advice';
    return this.nextOf({ ...writing, done: [...writing.done, step] });
  }

  private async nextOf(writing: Writing | null): Promise<string> {
    if (writing === null) return '/contact/office';
    return `/contact/${openStep(writing.answers, writing.done, await this.officeIds()) ?? 'check'}`;
  }

  private async begin(
    request: FastifyRequest,
    reply: FastifyReply,
    step: ContactStep | null,
    answers: Partial<ContactAnswers>,
  ): Promise<void> {
    await this.throttle.count('letters', request.ip);
    await this.drafting.begin(reply, step, answers);
  }

  private async officeIds(): Promise<string[]> {
    return (await this.offices.all()).map(({ id }) => id);
  }

  private toReceipt(reply: FastifyReply, { receipt }: Writing): void {
    void reply.redirect(`/contact/received/${receipt?.reference ?? ''}`, 303);
  }

  private async showStep(
    request: FastifyRequest,
    reply: FastifyReply,
    step: ContactStep,
    writing: Writing | null,
    given: Partial<ContactAnswers>,
    errors: readonly FormError[],
    byPostcode: boolean,
  ): Promise<void> {
    const offices = await this.offices.all();
    const model = stepModel(step, writing, given, errors, offices, messagesFor(request));
    const postcode = writing?.answers.postcode ?? '';
    const guessed = byPostcode && postcode !== '' ? await this.settings.officeOfPostcode(postcode) : null;
    await showPublicPage(reply, `contact/views/${step}`, {
      ...model,
      byPostcode: byPostcode && postcode !== '',
      guessedOffice: offices.find(({ id }) => id === guessed)?.name ?? null,
    });
  }

  private async showPostcode(
    reply: FastifyReply,
    writing: Writing | null,
    postcode: string | null,
    errors: readonly FormError[],
  ): Promise<void> {
    await showPublicPage(reply, 'contact/views/postcode', {
      title: 'contact.postcode.title',
      status: errors.length > 0 ? 422 : 200,
      backHref: '/contact/office',
      hasLetter: writing !== null,
      postcode: postcode ?? writing?.answers.postcode ?? '',
      ...errorsModel(errors, messagesFor(reply.request)),
    });
  }
}

/** A letter that was sent is not written on: the next one begins anew. */
function unsent(writing: Writing | null): Writing | null {
  return writing?.receipt ? null : writing;
}
