import { Module } from '@nestjs/common';
import { AttentionController } from './attention.controller';

@Module({ controllers: [AttentionController] })
export class AttentionModule {}
