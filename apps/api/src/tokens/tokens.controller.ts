import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MintToken, RevokeToken, TokenNotFound, Tokens, type TokenRecord } from '@app/access';
import { decodeCursor, pageOf, Requires } from '@app/http';
import { currentCaller } from '@app/platform';
import { isUUID } from 'class-validator';
import { PageQuery } from '../paging/page-query';
import { MintedToken, NewToken, TokenPage, type TokenSummary } from './tokens.models';

/** Bearer tokens of the offices that the caller administers. */
@ApiTags('Tokens')
@Controller('api/v1/tokens')
export class TokensController {
  constructor(
    private readonly tokens: Tokens,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @Requires('access:write', { audit: null })
  @ApiOperation({ summary: 'The tokens of your offices, the newest first, without what they are' })
  @ApiOkResponse({ type: TokenPage })
  async list(@Query() { limit, cursor }: PageQuery): Promise<TokenPage> {
    const [at, id] = decodeCursor(cursor, ['instant', 'uuid']) ?? [];
    const after = at == null || id == null ? null : { at: String(at), id: String(id) };
    const found = (await this.tokens.list(currentCaller().offices, limit + 1, after)).map(toSummary);
    return pageOf(found, limit, (token) => [token.createdAt, token.id]);
  }

  @Post()
  @HttpCode(201)
  @Requires('access:write', { audit: null })
  @ApiOperation({
    summary: 'Make a token for one or several of your offices',
    description: 'The answer holds it, and nothing does afterwards: only its SHA-256 is kept.',
  })
  @ApiCreatedResponse({ type: MintedToken })
  mint(@Body() request: NewToken): Promise<MintedToken> {
    return this.commands.execute(new MintToken(request));
  }

  @Post(':id/revoke')
  @HttpCode(204)
  @Requires('access:write', { audit: null })
  @ApiOperation({ summary: 'End a token: at once here, within five seconds in every process' })
  @ApiNoContentResponse()
  async revoke(@Param('id') id: string): Promise<void> {
    if (!isUUID(id)) throw new TokenNotFound();
    await this.commands.execute(new RevokeToken(id));
  }
}

function toSummary({
  id,
  label,
  role,
  offices,
  permissions,
  createdAt,
  expiresAt,
  revokedAt,
}: TokenRecord): TokenSummary {
  return {
    ...{ id, label, role, offices, permissions },
    createdAt: (createdAt ?? new Date(0)).toISOString(),
    expiresAt: expiresAt.toISOString(),
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
