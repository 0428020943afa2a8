import { Module } from '@nestjs/common';
import { CalendarController } from './calendar.controller';
import { ChangeController } from './change.controller';
import { ConfigurationController } from './configuration.controller';
import { DecideController } from './decide.controller';
import { EntryReader } from './entry-reader';

/** The pages under /staff/configuration. */
@Module({
  controllers: [CalendarController, ChangeController, DecideController, ConfigurationController],
  providers: [EntryReader],
})
export class ConfigurationPagesModule {}
