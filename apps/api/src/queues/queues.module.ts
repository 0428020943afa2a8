import { Module } from '@nestjs/common';
import { Once } from '../input/once';
import { QueuesController } from './queues.controller';

@Module({ controllers: [QueuesController], providers: [Once] })
export class QueuesModule {}
