import { Module } from '@nestjs/common';
import { CaseActionsController } from './case-actions.controller';
import { CaseActs } from './case-acts';
import { CaseFilesController } from './case-files.controller';
import { CasePageController } from './case-page.controller';
import { CasePageModels } from './case-page-model';
import { ForwardController } from './forward.controller';
import { PeopleNames } from './people-names';
import { ReplyController } from './reply.controller';

/** The pages of one case. */
@Module({
  controllers: [CasePageController, CaseFilesController, ReplyController, ForwardController, CaseActionsController],
  providers: [CaseActs, CasePageModels, PeopleNames],
  exports: [CaseActs, PeopleNames],
})
export class CaseModule {}
