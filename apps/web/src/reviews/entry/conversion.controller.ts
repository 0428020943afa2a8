import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { GetCase } from '@app/casework';
import { Requires } from '@app/http';
import { NO_PARTICULARS, OpenReview } from '@app/reviews';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formErrors, formFields, NO_ERRORS, versionIn, type FormErrors } from '../../case/form-fields';
import { refusedBy } from '../../case/refusals';
import { showStaffPage } from '../../staff/staff-page';
import { reviewPath } from '../review-path';

const LONGEST_REASON = 2000;

/** How a review begins: as a letter that is logged, or as a case that turns out to be an application. */
@ApiExcludeController()
@Controller('staff')
export class ConversionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** An application by letter or telephone is logged as every contact is. */
  @Get('reviews/new')
  @Requires('review:write', { audit: null })
  async enter(@Res() reply: FastifyReply): Promise<void> {
    await reply.redirect('/staff/log?review=yes', 303);
  }

  @Get('cases/:reference/to-review')
  @Requires('review:write', { audit: null })
  show(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    return this.page(reply, reference, '', NO_ERRORS);
  }

  @Post('cases/:reference/to-review')
  @Requires('review:write', { audit: null })
  async convert(
    @Param('reference') reference: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const fields = formFields(request);
    const reason = (fields.reason ?? '').trim();
    if (reason === '' || reason.length > LONGEST_REASON) {
      const text = reason === '' ? 'Say why it is an application' : 'This must be 2,000 characters or fewer';
      return this.page(reply.status(422), reference, reason, formErrors([['reason', text]]));
    }
    try {
      const target = { reference, ifVersion: versionIn(fields) };
      const opened = await this.commands.execute(new OpenReview(target, NO_PARTICULARS, null, reason));
      void reply.redirect(`${reviewPath({ reference: opened }, 'eligibility')}?notice=review-opened`, 303);
    } catch (error) {
      const refused = refusedBy(error);
      if (refused === null) throw error;
      await this.page(reply.status(refused.status), reference, reason, formErrors([['reason', refused.message]]));
    }
  }

  private async page(reply: FastifyReply, reference: string, reason: string, found: FormErrors): Promise<void> {
    const detail = await this.queries.execute(new GetCase(reference));
    await showStaffPage(reply, 'reviews/entry/views/to-review', {
      pageTitle: 'It asks for a review of the outcome of a complaint',
      case: detail,
      reason,
      ...found,
    });
  }
}
