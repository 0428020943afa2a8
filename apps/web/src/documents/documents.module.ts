import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseModule } from '../case/case.module';
import { BundleController } from './bundle.controller';
import { DocumentActsController } from './document-acts.controller';
import { DocumentsController } from './documents.controller';
import { RedactionsController } from './redactions.controller';

/** The pages of the letters and papers of a case. */
@Module({
  imports: [CqrsModule, CaseModule],
  controllers: [DocumentsController, DocumentActsController, RedactionsController, BundleController],
})
export class DocumentPagesModule {}
