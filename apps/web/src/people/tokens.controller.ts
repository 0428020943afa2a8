import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import { isUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  isRole,
  MintToken,
  permissionsOf,
  RevokeToken,
  ROLES,
  Tokens,
  type Permission,
  type Role,
  type TokenRecord,
} from '@app/access';
import { Refusal, Requires } from '@app/http';
import { DomainError } from '@app/kernel';
import { Offices } from '@app/offices';
import { listOf, NO_ERRORS, pageErrors, refusedWith, textOf, type PageErrors } from '../sign-in/sign-in-page';
import { inWords, showStaffPage } from '../staff/staff-page';
import { officeBoxes } from './people-page';

const NAMES = {
  label: 'The label',
  role: 'The role',
  offices: 'The offices',
  permissions: 'The permissions',
  expiresInDays: 'The number of days',
};
const SHOWN = 200;

/** API tokens of the offices: listed, made and ended. */
@ApiExcludeController()
@Controller('staff/configuration/tokens')
export class TokenPagesController {
  constructor(
    private readonly tokens: Tokens,
    private readonly commands: CommandBus,
    private readonly offices: Offices,
  ) {}

  @Get()
  @Requires('access:write', { audit: null })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const found = await this.tokens.list(request.caller.offices, SHOWN, null);
    const now = new Date();
    const isRunning = ({ revokedAt, expiresAt }: TokenRecord): boolean => revokedAt === null && expiresAt > now;
    const names = await this.officeNames();
    await showStaffPage(reply, 'people/views/tokens', {
      pageTitle: 'API tokens',
      running: found.filter(isRunning).map((token) => rowOf(token, names)),
      over: found.filter((token) => !isRunning(token)).map((token) => rowOf(token, names)),
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
    const permissions = listOf(body, 'permissions') as Permission[];
    const days = textOf(body, 'expiresInDays').trim();
    try {
      const { token } = await this.commands.execute(
        new MintToken({
          role: textOf(body, 'role') as Role,
          offices: listOf(body, 'offices'),
          label: textOf(body, 'label'),
          expiresInDays: /^\d{1,4}$/.test(days) ? Number(days) : 0,
          permissions: permissions.length === 0 ? null : permissions,
        }),
      );
      // Shown in this answer and never again.
      await showStaffPage(reply, 'people/views/token-made', {
        pageTitle: 'Copy the token now',
        ...{ token, label: textOf(body, 'label') },
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      refusedWith(reply, error);
      await this.addPage(request, reply, body, pageErrors(error, NAMES));
    }
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Requires('access:write', { audit: null })
  async revoke(@Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    if (!isUUID(id)) throw new Refusal(404);
    await this.commands.execute(new RevokeToken(id));
    void reply.redirect('/staff/configuration/tokens?notice=token-revoked', 303);
  }

  private async addPage(
    request: FastifyRequest,
    reply: FastifyReply,
    body: unknown,
    errors: PageErrors,
  ): Promise<void> {
    const role = textOf(body, 'role') || 'service';
    const chosen = listOf(body, 'permissions');
    await showStaffPage(reply, 'people/views/add-token', {
      pageTitle: 'Make a token',
      values: { label: textOf(body, 'label'), expiresInDays: textOf(body, 'expiresInDays') || '90' },
      roles: ROLES.map((each) => ({ value: each, text: inWords(each), selected: each === role })),
      offices: officeBoxes(request, await this.officeNames(), listOf(body, 'offices')),
      permissions: (isRole(role) ? [...new Set(ROLES.flatMap((each) => permissionsOf(each)))] : []).map((each) => ({
        value: each,
        text: permissionInWords(each),
        checked: chosen.includes(each),
      })),
      ...errors,
    });
  }

  private async officeNames(): Promise<ReadonlyMap<string, string>> {
    return new Map((await this.offices.all()).map(({ id, name }) => [id, name]));
  }
}

function rowOf(token: TokenRecord, names: ReadonlyMap<string, string>): Record<string, unknown> {
  return {
    id: token.id,
    label: token.label,
    role: inWords(token.role),
    offices: token.offices.map((office) => names.get(office) ?? inWords(office)).join(', '),
    permissions: token.permissions === null ? null : token.permissions.map(permissionInWords).join(', '),
    createdAt: (token.createdAt ?? new Date(0)).toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    revokedAt: token.revokedAt?.toISOString() ?? null,
  };
}

/** `case:write` as "Case: write". */
function permissionInWords(permission: Permission): string {
  const [thing = '', act = ''] = permission.split(':');
  return `${inWords(thing.replaceAll('-', ' '))}: ${act.replaceAll('-', ' ')}`;
}
