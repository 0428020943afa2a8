import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AddPerson,
  CorrectPerson,
  EndAccess,
  GiveRole,
  PeopleRegister,
  ResetSignIn,
  type RoleWanted,
  type SignInReset,
} from '@app/access';
import { Refusal, Requires } from '@app/http';
import { Clock, DomainError, londonDate } from '@app/kernel';
import { Offices } from '@app/offices';
import { listOf, NO_ERRORS, pageErrors, refusedWith, textOf, type PageErrors } from '../sign-in/sign-in-page';
import { showStaffPage } from '../staff/staff-page';
import { dayOf, fileModel, officeBoxes, rowOf, roleItems } from './people-page';

const NAMES = {
  name: 'The name',
  email: 'The e-mail address',
  role: 'The role',
  offices: 'The offices',
  from: 'The first day',
};
const RESETS: readonly SignInReset[] = ['one-time-password', 'end-sessions', 'unlink'];

/** People of the offices and the roles they hold, from one day to another. */
@ApiExcludeController()
@Controller('staff/configuration/people')
export class PeopleController {
  constructor(
    private readonly register: PeopleRegister,
    private readonly commands: CommandBus,
    private readonly offices: Offices,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('access:write', { audit: null })
  async list(@Res() reply: FastifyReply): Promise<void> {
    const today = londonDate(this.clock.now());
    const names = await this.officeNames();
    const rows = (await this.register.all()).map((person) => rowOf(person, today, names));
    await showStaffPage(reply, 'people/views/people', {
      pageTitle: 'People and roles',
      rows: rows.filter(({ role }) => role !== null),
      others: rows.filter(({ role }) => role === null),
    });
  }

  @Get('add')
  @Requires('access:write', { audit: null })
  async blank(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.addPage(request, reply, {}, NO_ERRORS);
  }

  @Post('add')
  @HttpCode(200)
  @Requires('access:write', { audit: null })
  async add(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    try {
      const [name, email] = [textOf(body, 'name'), textOf(body, 'email')];
      const id = await this.commands.execute(new AddPerson(name, email, roleOf(body)));
      void reply.redirect(`/staff/configuration/people/${id}?notice=person-added`, 303);
    } catch (error) {
      await this.refused(reply, error, (errors) => this.addPage(request, reply, body, errors));
    }
  }

  @Get(':id')
  @Requires('access:write', { audit: null })
  async show(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.personPage(known(id), request, reply, null, NO_ERRORS);
  }

  @Post(':id/role')
  @HttpCode(200)
  @Requires('access:write', { audit: null })
  giveRole(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.change(id, request, reply, body, 'role-given', () =>
      this.commands.execute(new GiveRole(known(id), roleOf(body))),
    );
  }

  @Post(':id/end')
  @HttpCode(200)
  @Requires('access:write', { audit: null })
  end(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.change(id, request, reply, body, 'access-ended', () =>
      this.commands.execute(new EndAccess(known(id), dayOf(body, 'end'))),
    );
  }

  @Post(':id/correct')
  @HttpCode(200)
  @Requires('access:write', { audit: null })
  correct(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.change(id, request, reply, body, 'person-corrected', () =>
      this.commands.execute(new CorrectPerson(known(id), textOf(body, 'name'), textOf(body, 'email'))),
    );
  }

  @Post(':id/sign-in')
  @HttpCode(200)
  @Requires('access:write', { audit: null })
  async reset(
    @Param('id') id: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const reset = RESETS.find((each) => each === textOf(body, 'reset'));
    if (!reset) throw new Refusal(400);
    await this.change(id, request, reply, body, 'sessions-ended', async () => {
      const password = await this.commands.execute(new ResetSignIn(known(id), reset));
      if (password === null) return;
      const { name, email } = await this.register.get(id);
      // Shown in this answer and never again.
      await showStaffPage(reply, 'people/views/one-time-password', {
        pageTitle: `One-time password for ${name}`,
        ...{ id, name, email, password },
      });
    });
  }

  private async change(
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    body: unknown,
    notice: string,
    work: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await work();
      if (!reply.sent) void reply.redirect(`/staff/configuration/people/${id}?notice=${notice}`, 303);
    } catch (error) {
      await this.refused(reply, error, (errors) =>
        this.personPage(known(id), request, reply, body, notice === 'access-ended' ? atEnd(errors) : errors),
      );
    }
  }

  /** What a rule refused goes back to the page with what was entered; that somebody is unknown does not. */
  private async refused(
    reply: FastifyReply,
    error: unknown,
    again: (errors: PageErrors) => Promise<void>,
  ): Promise<void> {
    if (!(error instanceof DomainError) || error.kind === 'not-found' || error.kind === 'unavailable') throw error;
    refusedWith(reply, error);
    await again(pageErrors(error, NAMES));
  }

  private async addPage(
    request: FastifyRequest,
    reply: FastifyReply,
    body: unknown,
    errors: PageErrors,
  ): Promise<void> {
    const today = londonDate(this.clock.now());
    await showStaffPage(reply, 'people/views/add', {
      pageTitle: 'Add somebody',
      values: { name: textOf(body, 'name'), email: textOf(body, 'email'), from: textOf(body, 'from') || today },
      roles: roleItems(textOf(body, 'role')),
      offices: officeBoxes(request, await this.officeNames(), listOf(body, 'offices')),
      ...errors,
    });
  }

  private async personPage(
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    body: unknown,
    errors: PageErrors,
  ): Promise<void> {
    const today = londonDate(this.clock.now());
    const [file, names] = [await this.register.get(id), await this.officeNames()];
    const model = fileModel(file, today, names);
    await showStaffPage(reply, 'people/views/person', {
      pageTitle: file.name,
      ...model,
      values: {
        name: textOf(body, 'name') || file.name,
        email: textOf(body, 'email') || file.email,
        from: textOf(body, 'from') || today,
        end: dayOf(body, 'end') || today,
      },
      roles: roleItems(textOf(body, 'role') || (model.now[0]?.roleKey ?? '')),
      offices: officeBoxes(
        request,
        names,
        body === null ? model.now.map(({ officeKey }) => officeKey) : listOf(body, 'offices'),
      ),
      ...errors,
    });
  }

  private async officeNames(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.offices.all()).map(({ id, name }) => [id, name]));
  }
}

/** The rule speaks of the first day; this form calls its field otherwise. */
function atEnd({ errors, errorOf }: PageErrors): PageErrors {
  return {
    errors: errors.map(({ text, href }) => ({ text, href: href === '#from' ? '#end' : href })),
    errorOf: errorOf.from ? { end: errorOf.from } : errorOf,
  };
}

function roleOf(body: unknown): RoleWanted {
  return { role: textOf(body, 'role'), offices: listOf(body, 'offices'), from: dayOf(body, 'from') };
}

function known(id: string): string {
  if (!isUUID(id)) throw new Refusal(404);
  return id;
}
