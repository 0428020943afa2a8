import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AttentionPagesController } from './attention.controller';

@Module({ imports: [CqrsModule], controllers: [AttentionPagesController] })
export class AttentionPagesModule {}
