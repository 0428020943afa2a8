import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Reconcile } from '@app/assurance';
import { Requires } from '@app/http';
import { Clock, londonDate } from '@app/kernel';
import { formErrors } from '../case/form-fields';
import { officeChoices, officesOf } from '../figures/figures.controller';
import { figuresAsked, PERIODS, textOf } from '../figures/figures-period';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { inWords } from '../worklist/words';
import { accountedOf, certificateInWords, wayIn } from './certificate-words';

const MOST_SHOWN = 100;

/** The certificate for the chief executive: everything received is accounted for, or named. */
@ApiExcludeController()
@Controller('staff/figures/nothing-missing')
export class CertificateController {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('assurance:read', { audit: 'assurance-read' })
  async certificate(@Query() query: Readonly<Record<string, unknown>>, @Res() reply: FastifyReply): Promise<void> {
    const asked = figuresAsked(query, londonDate(this.clock.now()));
    const { errors, errorOf } = formErrors(asked.errors);
    const offices = officesOf(asked.offices);
    const isWrong = errors.length > 0;
    if (isWrong) void reply.status(422);
    const found = isWrong
      ? null
      : await this.queries.execute(new Reconcile({ from: asked.from, to: asked.to, offices }));
    await showStaffPage(reply, 'reconciliation/views/certificate', {
      pageTitle: 'Nothing missing',
      isWide: true,
      current: '/staff/figures/nothing-missing',
      asked,
      errors,
      errorOf,
      typed: { from: textOf(query.from) || asked.from, to: textOf(query.to) || asked.to },
      periods: PERIODS.map(([value, text]) => ({ value, text, selected: value === asked.period })),
      officeChoices: officeChoices(asked.offices),
      officesInWords: offices.map(officeInWords).join(', '),
      certificate: found,
      words: found ? certificateInWords(found) : null,
      // The newest first.
      days: found
        ? [...found.byDay]
            .reverse()
            .map((day) => ({ ...day, mailbox: wayIn(day.mailbox), accounted: accountedOf(day) }))
        : [],
      mostShown: MOST_SHOWN,
      overlooked: found
        ? [
            { title: 'Open cases that belong to nobody', cases: found.ownerless.slice(0, MOST_SHOWN) },
            { title: 'Open cases without a clock', cases: found.clockless.slice(0, MOST_SHOWN) },
          ].filter(({ cases }) => cases.length > 0)
        : [],
      missing: (found?.unaccounted ?? []).slice(0, MOST_SHOWN),
      numbering: (found?.gaps ?? [])
        .slice(0, MOST_SHOWN)
        .map((gap) => ({ ...gap, officeInWords: officeInWords(gap.office) })),
      duplicates: (found?.duplicates ?? []).slice(0, MOST_SHOWN),
      unsent: (found?.unsent ?? [])
        .slice(0, MOST_SHOWN)
        .map((message) => ({ ...message, kindInWords: inWords(message.kind), statusInWords: inWords(message.status) })),
    });
  }
}
