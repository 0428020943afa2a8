import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseworkModule } from '@app/casework';
import { IntakeModule } from '@app/intake';
import { OfficesModule } from '@app/offices';
import { PublicationModule } from '@app/publication';
import { ScrutinyModule } from '@app/scrutiny';
import { DemoOffice } from './demo-office';
import { DemonstrationPublications } from './demonstration-publications';
import { HistoryWriter } from './history/history-writer';

@Module({
  imports: [CqrsModule, CaseworkModule, IntakeModule, OfficesModule, PublicationModule, ScrutinyModule],
  providers: [DemoOffice, DemonstrationPublications, HistoryWriter],
  exports: [DemoOffice, DemonstrationPublications, HistoryWriter],
})
export class DemoModule {}
