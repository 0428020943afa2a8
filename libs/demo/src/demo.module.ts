import { Module } from '@nestjs/common';
import { CaseworkModule } from '@app/casework';
import { IntakeModule } from '@app/intake';
import { OfficesModule } from '@app/offices';
import { DemoOffice } from './demo-office';
import { HistoryWriter } from './history/history-writer';

@Module({
  imports: [CaseworkModule, IntakeModule, OfficesModule],
  providers: [DemoOffice, HistoryWriter],
  exports: [DemoOffice, HistoryWriter],
})
export class DemoModule {}
