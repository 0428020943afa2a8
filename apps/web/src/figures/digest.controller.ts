import { Controller, ForbiddenException, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { can } from '@app/access';
import { Requires } from '@app/http';
import { DigestChoices } from '@app/oversight';
import { Config } from '@app/platform';
import { formErrors, formFields, NO_ERRORS } from '../case/form-fields';
import { showStaffPage } from '../staff/staff-page';

/** Whether one gets the daily mail. */
@ApiExcludeController()
@Controller('staff/figures/digest')
export class DigestController {
  constructor(
    private readonly choices: DigestChoices,
    private readonly config: Config,
  ) {}

  @Get()
  @Requires('metrics:read', { audit: null })
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.page(request, reply, NO_ERRORS);
  }

  @Post()
  @Requires('metrics:read', { audit: null })
  async choose(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { wanted } = formFields(request);
    if (wanted !== 'yes' && wanted !== 'no') {
      void reply.status(422);
      return this.page(request, reply, formErrors([['wanted', 'Say whether you want the daily mail']]));
    }
    if (!mayHave(request) || !(await this.choices.choose(wanted === 'yes'))) throw new ForbiddenException();
    void reply.redirect('/staff/figures/digest?notice=saved', 303);
  }

  private async page(
    request: FastifyRequest,
    reply: FastifyReply,
    errors: ReturnType<typeof formErrors>,
  ): Promise<void> {
    const wanted = await this.choices.wanted();
    const isManager = request.caller.role === 'manager';
    await showStaffPage(reply, 'figures/views/digest', {
      pageTitle: 'Daily mail',
      current: '/staff/figures/digest',
      ...errors,
      isManager,
      isOffered: wanted !== null && mayHave(request),
      at: this.config.digestAt,
      items: [
        { value: 'yes', text: 'Yes, send it on every working day', checked: wanted === true },
        { value: 'no', text: 'No', checked: wanted === false },
      ],
    });
  }
}

/** Managers, and those who have cases of their own. */
function mayHave({ caller }: FastifyRequest): boolean {
  return can(caller.role, 'case:write');
}
