import { Module } from '@nestjs/common';
import { WorkingDaysController } from './working-days.controller';

@Module({ controllers: [WorkingDaysController] })
export class WorkingDaysModule {}
