import { setTimeout as sleep } from 'node:timers/promises';
import { Body, Controller, Get, HttpCode, Logger, Param, Post, Query } from '@nestjs/common';
import { decodeCursor, IfMatch, limitOf, Public, requireVersion, Requires } from '@app/http';
import { DomainError } from '@app/kernel';
import { currentCaller, type Caller } from '@app/platform';
import { Type as Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsEmail, IsIn, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { QueryFailedError } from 'typeorm';

class NoMoreSeats extends DomainError {
  readonly code = 'test.no-more-seats';
  readonly kind = 'conflict';
}

class Attachment {
  @IsString() @MaxLength(20) filename!: string;
}

class Letter {
  @IsString() @MaxLength(40) subject!: string;
  @IsIn(['email', 'phone']) channel!: string;
  @IsOptional() @IsEmail() email?: string;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Transform(() => Attachment)
  attachments?: Attachment[];
}

/** Stands for what a person wrote: it may be in no answer and no log line. */
export const secretWord = 'hunter2-the-secret';

/** Routes that go wrong in every way there is. */
@Controller()
export class TryOut {
  @Post('letters')
  @Requires('case:log', { audit: null })
  log(@Body() letter: Letter): Letter {
    return letter;
  }

  @Post('anything')
  @HttpCode(200)
  @Requires('case:log', { audit: null })
  anything(@Body() body: unknown): object {
    return { kind: typeof body };
  }

  @Post('contact')
  @HttpCode(200)
  @Public({ audit: null })
  async contact(): Promise<Caller> {
    await sleep(5);
    return currentCaller();
  }

  @Get('whoami')
  @Requires('case:read', { audit: null })
  async whoami(): Promise<Caller> {
    await sleep(5);
    await new Promise((resolve) => setImmediate(resolve));
    return currentCaller();
  }

  @Get('cases/:reference')
  @Requires('case:read', { audit: 'case-read' })
  read(@Param('reference') reference: string): object {
    return { reference };
  }

  @Post('cases/:reference/close')
  @Requires('case:write', { audit: null })
  close(@Param('reference') reference: string, @IfMatch() version: number | null): object {
    requireVersion(version, 7);
    throw new NoMoreSeats(`${reference} is closed already.`);
  }

  @Get('list')
  @Requires('case:read', { audit: 'case-list-read' })
  list(@Query('cursor') cursor?: string, @Query('limit') limit?: string): object {
    return { after: decodeCursor(cursor, ['day?', 'uuid']), limit: limitOf(limit) };
  }

  @Get('configuration')
  @Requires('configuration:write', { audit: null })
  configuration(): object {
    return {};
  }

  @Get('away')
  @Public({ audit: null, offices: 'none' })
  away(): never {
    throw Object.assign(new Error(`connect ECONNREFUSED 10.1.2.3:5432 ${secretWord}`), { code: 'ECONNREFUSED' });
  }

  @Get('defect')
  @Public({ audit: null, offices: 'none' })
  defect(): never {
    const driverError = Object.assign(new Error(`invalid input syntax for type uuid: "${secretWord}"`), {
      severity: 'ERROR',
      code: '22P02',
    });
    throw new QueryFailedError(`SELECT * FROM correspondent WHERE name = $1`, [secretWord], driverError);
  }

  @Get('stray-log')
  @Public({ audit: null, offices: 'none' })
  strayLog(): object {
    const driverError = Object.assign(new Error(`duplicate "${secretWord}"`), { severity: 'ERROR', code: '23505' });
    new Logger('Stray').error(new QueryFailedError(`INSERT INTO correspondent`, [secretWord], driverError));
    return {};
  }
}

/** A route that says nothing about who may use it. */
export class Undeclared {
  open(): string {
    return 'open by oversight';
  }
}
Controller('undeclared')(Undeclared);
Get()(Undeclared.prototype, 'open', Object.getOwnPropertyDescriptor(Undeclared.prototype, 'open') ?? {});
