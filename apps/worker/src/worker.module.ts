import { Module } from '@nestjs/common';
import { AssuranceModule } from '@app/assurance';
import { CaseworkModule } from '@app/casework';
import { PostbagWorker } from './worker';

@Module({ imports: [CaseworkModule, AssuranceModule], providers: [PostbagWorker], exports: [PostbagWorker] })
export class WorkerModule {}
