import { Module } from '@nestjs/common';
import { AssuranceModule } from '@app/assurance';
import { CaseworkModule } from '@app/casework';
import { OversightModule } from '@app/oversight';
import { ScanningModule } from '@app/scanning';
import { PostbagWorker } from './worker';

@Module({
  imports: [CaseworkModule, AssuranceModule, OversightModule, ScanningModule],
  providers: [PostbagWorker],
  exports: [PostbagWorker],
})
export class WorkerModule {}
