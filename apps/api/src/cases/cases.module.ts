import { Module } from '@nestjs/common';
import { Once } from '../input/once';
import { AnsweringController } from './answering.controller';
import { CaseActions } from './case-actions';
import { CaseFilesController } from './case-files.controller';
import { CasePartsController } from './case-parts.controller';
import { CasesController } from './cases.controller';
import { ConflictsController } from './conflicts.controller';
import { KeepingController } from './keeping.controller';
import { SortingController } from './sorting.controller';

@Module({
  controllers: [
    CasesController,
    CasePartsController,
    CaseFilesController,
    SortingController,
    AnsweringController,
    KeepingController,
    ConflictsController,
  ],
  providers: [CaseActions, Once],
})
export class CasesModule {}
