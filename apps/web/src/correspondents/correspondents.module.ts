import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { WorklistModule } from '@app/worklist';
import { WorklistPagesModule } from '../worklist/worklist.module';
import { CorrespondentsController } from './correspondents.controller';

@Module({ imports: [CqrsModule, WorklistModule, WorklistPagesModule], controllers: [CorrespondentsController] })
export class CorrespondentPagesModule {}
