import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { WorklistPagesModule } from '../worklist/worklist.module';
import { HomeController } from './home.controller';

@Module({ imports: [CqrsModule, WorklistPagesModule], controllers: [HomeController] })
export class HomePagesModule {}
