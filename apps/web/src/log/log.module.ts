import { Module } from '@nestjs/common';
import { IntakeModule } from '@app/intake';
import { LogController } from './log.controller';

/** Logging what did not come by mail or form. */
@Module({ imports: [IntakeModule], controllers: [LogController] })
export class LogModule {}
