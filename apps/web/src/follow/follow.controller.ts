import { Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { AskToFollow, GetFollowedCase } from '@app/follow';
import { Public } from '@app/http';
import { parseReference } from '@app/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sizeInWords } from '../contact/contact-page';
import { errorsModel } from '../http/form-errors';
import { PublicThrottle } from '../http/public-limits';
import { messagesFor, showPublicPage } from '../http/public-page';
import { readForm } from '../http/read-form';
import { FollowBrowser } from './follow-browser';
import { checkAsk, readAsk } from './follow-form';

const DONE = ['message', 'not-answered', 'withdraw', 'format'];

/** Following a case: asking for a link, opening it, and the case as its sender may see it. */
@ApiExcludeController()
@Controller('follow')
export class FollowController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly browser: FollowBrowser,
    private readonly throttle: PublicThrottle,
  ) {}

  @Get()
  @Public({ audit: null, offices: 'none' })
  form(@Res() reply: FastifyReply): Promise<void> {
    const values = readAsk({});
    return showPublicPage(reply, 'follow/views/ask', { title: 'follow.title', backHref: '/', values, errorOf: {} });
  }

  /** The same answer for whatever is asked: the work that tells cases apart is done later, elsewhere. */
  @Post()
  @Public({ audit: null, offices: 'none' })
  async ask(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields } = await readForm(request);
    const values = readAsk(fields);
    const errors = checkAsk(values);
    if (errors.length > 0) {
      return showPublicPage(reply, 'follow/views/ask', {
        title: 'follow.title',
        status: 422,
        backHref: '/',
        values,
        ...errorsModel(errors, messagesFor(request)),
      });
    }
    await this.throttle.count('followLinks', request.ip);
    await this.commands.execute(new AskToFollow(parseReference(values.reference)?.reference ?? '', values.email));
    return void reply.redirect('/follow/asked', 303);
  }

  @Get('asked')
  @Public({ audit: null, offices: 'none' })
  asked(@Res() reply: FastifyReply): Promise<void> {
    return showPublicPage(reply, 'follow/views/asked', { title: 'follow.askedTitle' });
  }

  /** Looks at nothing and uses nothing up: programs that check mail open every link in it. */
  @Get('open/:link')
  @Public({ audit: null, offices: 'none' })
  opening(@Param('link') link: string, @Res() reply: FastifyReply): Promise<void> {
    return showPublicPage(reply, 'follow/views/open', { title: 'follow.openTitle', link });
  }

  @Post('open')
  @Public({ audit: null })
  async open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { fields } = await readForm(request);
    const isOpen = await this.browser.open(reply, fields.link ?? '');
    void reply.redirect(isOpen ? '/follow/case' : '/follow/dead', 303);
  }

  @Get('dead')
  @Public({ audit: null, offices: 'none' })
  dead(@Res() reply: FastifyReply): Promise<void> {
    return showPublicPage(reply, 'follow/views/dead', { title: 'follow.deadTitle', status: 410 });
  }

  @Get('case')
  @Public({ audit: null })
  async show(@Query('done') done: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.browser.session(request);
    const followed = session && (await this.queries.execute(new GetFollowedCase(session)));
    if (!session || !followed) return void reply.redirect('/follow/ended', 303);
    const letters = followed.letters.map((letter) => ({
      ...letter,
      files: letter.files.map((file) => ({ ...file, size: sizeInWords(file.sizeBytes) })),
    }));
    await showPublicPage(reply, 'follow/views/case', {
      title: 'follow.title',
      followed: { ...followed, letters },
      formToken: session.formToken,
      done: typeof done === 'string' && DONE.includes(done) ? done : null,
    });
  }

  @Get('ended')
  @Public({ audit: null, offices: 'none' })
  ended(@Res() reply: FastifyReply): Promise<void> {
    return showPublicPage(reply, 'follow/views/ended', { title: 'follow.endedTitle', status: 410, text: '' });
  }

  @Post('leave')
  @Public({ audit: null })
  async leave(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.browser.leave(request, reply);
    void reply.redirect('/follow/left', 303);
  }

  @Get('left')
  @Public({ audit: null, offices: 'none' })
  left(@Res() reply: FastifyReply): Promise<void> {
    return showPublicPage(reply, 'follow/views/left', { title: 'follow.left' });
  }
}
