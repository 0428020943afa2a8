import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { WorklistModule } from '@app/worklist';
import { WorklistPagesModule } from '../worklist/worklist.module';
import { SearchController } from './search.controller';

@Module({ imports: [CqrsModule, WorklistModule, WorklistPagesModule], controllers: [SearchController] })
export class SearchPagesModule {}
