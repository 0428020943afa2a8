import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { HolidayCalendarController } from './holiday-calendar.controller';

@Module({ imports: [CqrsModule], controllers: [HolidayCalendarController] })
export class HolidayCalendarModule {}
