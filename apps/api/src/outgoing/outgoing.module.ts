import { Module } from '@nestjs/common';
import { Once } from '../input/once';
import { OutgoingController } from './outgoing.controller';

@Module({ controllers: [OutgoingController], providers: [Once] })
export class OutgoingModule {}
