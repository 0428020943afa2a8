import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { Requires } from '@app/http';
import { Calendars } from '@app/offices';
import { GetApplicantStatement, nonWorkingDays } from '@app/reviews';
import type { FastifyReply } from 'fastify';
import { calendarStrip } from '../../calendar-strip/calendar-strip';
import type { Messages } from '../../http/messages';
import { staffMessages } from '../../http/public-page';
import { showStaffPage } from '../../staff/staff-page';
import { ReviewPages } from '../review-page';
import { reviewTabs } from '../review.controller';
import { applicationModel } from './application-page';
import { statementRows } from './statement-rows';

/** What an application states, and what the law's tests say of it. */
@ApiExcludeController()
@Controller('staff/reviews/:reference/eligibility')
export class ApplicationController {
  constructor(
    private readonly pages: ReviewPages,
    private readonly calendars: Calendars,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('review:read', { audit: null })
  async show(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    const model = await this.pages.of(reference);
    const isNonWorkingDay = nonWorkingDays(await this.calendars.current());
    const words = staffMessages().calendarStrip as Messages;
    const { eligibility } = model.view;
    await showStaffPage(reply, 'reviews/entry/views/application', {
      ...model,
      pageTitle: `Application for the review ${model.view.state.reference}`,
      isWide: true,
      tabs: reviewTabs(model.view.state.reference, 'eligibility'),
      application: applicationModel(model.view),
      said: statementRows(await this.queries.execute(new GetApplicantStatement(model.view.state.id)), staffMessages()),
      strip: eligibility === null ? null : calendarStrip(eligibility.count, { isNonWorkingDay, words }),
      stripWords: words,
    });
  }
}
