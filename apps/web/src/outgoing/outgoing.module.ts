import { Module } from '@nestjs/common';
import { OutgoingPagesController } from './outgoing.controller';

/** The outbox as staff see it. */
@Module({ controllers: [OutgoingPagesController] })
export class OutgoingPagesModule {}
