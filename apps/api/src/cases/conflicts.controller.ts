import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeclareConflict } from '@app/casework';
import { Requires } from '@app/http';
import { Call, type ActionCall } from './action-call';
import { ConflictBody } from './keeping.bodies';

/** Conflicts of interest. Apart from the other actions: whoever declares one may not see the case that they would answer. */
@ApiTags('Cases: time, end and notes')
@Controller('api/v1/cases/:reference')
export class ConflictsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('declare-conflict')
  @HttpCode(204)
  @Requires('case:write', { audit: null })
  @ApiOperation({
    summary: 'Keep a person away from a case for a conflict of interest',
    description: 'Yourself, or somebody whom you name. What was theirs goes back to its queue.',
  })
  @ApiNoContentResponse()
  async declare(@Call() call: ActionCall, @Body() { person, reason }: ConflictBody): Promise<void> {
    const target = { reference: call.reference, ifVersion: call.ifVersion };
    await this.commands.execute(new DeclareConflict(target, person ?? null, reason));
  }
}
