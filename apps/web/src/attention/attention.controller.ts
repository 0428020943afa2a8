import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ConfirmRisk, ListRiskAlerts, type RiskAlertView } from '@app/casework';
import { decodeCursor, encodeCursor, Requires } from '@app/http';
import { DomainError } from '@app/kernel';
import { Attention, AttentionNotFound, currentCaller, UnitOfWork } from '@app/platform';
import { showStaffPage } from '../staff/staff-page';
import { officeInWords } from '../worklist/worklist-choices';
import { inWords } from '../worklist/words';
import { workInWords } from './work-in-words';

const ON_A_PAGE = 25;
const LONGEST_REASON = 500;

/** What no retry could settle, and risks that nobody has taken on: lists that must become empty. */
@ApiExcludeController()
@Controller('staff')
export class AttentionPagesController {
  constructor(
    private readonly attention: Attention,
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  @Get('needs-attention')
  @Requires('attention:read', { audit: 'attention-read' })
  list(@Query('after') after: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.attentionList(reply, typeof after === 'string' ? after : null, null);
  }

  @Post('needs-attention/:id/retry')
  @Requires('attention:settle', { audit: null })
  async retry(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    if (!isUUID(id)) throw new AttentionNotFound();
    const settled = await this.settle(() => this.attention.retry(id));
    return void reply.redirect(`/staff/needs-attention?notice=${settled ? 'retried' : 'settled-already'}`, 303);
  }

  @Post('needs-attention/:id/dismiss')
  @Requires('attention:settle', { audit: null })
  async dismiss(
    @Param('id') id: string,
    @Body() body: { reason?: unknown } | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!isUUID(id)) throw new AttentionNotFound();
    const reason = typeof body?.reason === 'string' ? body.reason.trim() : '';
    if (reason === '' || reason.length > LONGEST_REASON) {
      const text =
        reason === ''
          ? 'Say why nothing more is to be done'
          : `The reason must be ${String(LONGEST_REASON)} characters or fewer`;
      return this.attentionList(reply.status(422), null, { id, text, reason });
    }
    const settled = await this.settle(() => this.attention.dismiss(id, reason));
    return void reply.redirect(`/staff/needs-attention?notice=${settled ? 'dismissed' : 'settled-already'}`, 303);
  }

  @Get('risk-alerts')
  @Requires('case:read', { audit: 'case-list-read' })
  async alerts(
    @Query('after') cursor: unknown,
    @Query('office') asked: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = decodeCursor(typeof cursor === 'string' ? cursor : null, ['instant', 'uuid']) as
      [string, string] | null;
    const office = currentCaller().offices.find((each) => each === asked) ?? null;
    const alerts = await this.queries.execute(new ListRiskAlerts(ON_A_PAGE + 1, after, office));
    const list = `/staff/risk-alerts${office === null ? '' : `?office=${office}`}`;
    const shown = alerts.slice(0, ON_A_PAGE);
    const last = shown.at(-1);
    await showStaffPage(reply, 'attention/views/risk-alerts', {
      pageTitle: 'Risk alerts',
      alerts: shown.map((alert) => ({
        ...alert,
        levelInWords: inWords(alert.level),
        officeInWords: officeInWords(alert.office),
        reasons: reasonsOf(alert),
      })),
      hasOffices: currentCaller().offices.length > 1,
      officeInWords: office === null ? null : officeInWords(office),
      firstHref: after === null ? null : list,
      nextHref:
        alerts.length > ON_A_PAGE && last
          ? `${list}${office === null ? '?' : '&'}after=${encodeCursor([last.raisedAt, last.id])}`
          : null,
    });
  }

  /** A person has looked and takes it on. */
  @Post('risk-alerts/:reference/confirm')
  @Requires('case:write', { audit: null })
  async confirm(@Param('reference') reference: string, @Res() reply: FastifyReply): Promise<void> {
    try {
      await this.commands.execute(new ConfirmRisk({ reference, ifVersion: null }));
    } catch (error) {
      // Somebody was faster: what was wanted is so.
      if (!(error instanceof DomainError) || error.kind !== 'conflict') throw error;
      return void reply.redirect('/staff/risk-alerts?notice=settled-already', 303);
    }
    return void reply.redirect('/staff/risk-alerts?notice=risk-confirmed', 303);
  }

  /** False when somebody else has decided meanwhile. */
  private settle(work: () => Promise<void>): Promise<boolean> {
    return this.unitOfWork.run(work).then(
      () => true,
      (error: unknown) => {
        if (error instanceof AttentionNotFound) return false;
        throw error;
      },
    );
  }

  private async attentionList(
    reply: FastifyReply,
    cursor: string | null,
    refused: { readonly id: string; readonly text: string; readonly reason: string } | null,
  ): Promise<void> {
    const [after = null] = decodeCursor(cursor, ['uuid']) ?? [];
    const entries = await this.unitOfWork.run(() =>
      this.attention.list(ON_A_PAGE + 1, after === null ? null : String(after)),
    );
    const shown = entries.slice(0, ON_A_PAGE);
    const last = shown.at(-1);
    await showStaffPage(reply, 'attention/views/needs-attention', {
      pageTitle: 'Needs attention',
      entries: shown.map((entry) => ({
        ...entry,
        title: workInWords(entry.consumer, entry.what),
        officeInWords: entry.office === null ? 'All offices' : officeInWords(entry.office),
      })),
      refused,
      errors: refused === null ? [] : [{ text: refused.text, href: `#reason-${refused.id}` }],
      firstHref: after === null ? null : '/staff/needs-attention',
      nextHref: entries.length > ON_A_PAGE && last ? `/staff/needs-attention?after=${encodeCursor([last.id])}` : null,
    });
  }
}

/** The reasons in words; what the screen kept in another shape is left out. */
function reasonsOf({ reasons }: RiskAlertView): readonly { readonly risk: string; readonly reason: string }[] {
  return reasons.flatMap((each) => {
    const { risk, reason } = (each ?? {}) as { risk?: unknown; reason?: unknown };
    return typeof risk === 'string' ? [{ risk: inWords(risk), reason: typeof reason === 'string' ? reason : '' }] : [];
  });
}
