import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { PeopleNames } from '../case/people-names';
import { ChiefConstablePagesController } from './chief-constable.controller';
import { CommissionerController } from './commissioner.controller';
import { ForcePagesController } from './force.controller';
import { NoticesController } from './notices.controller';
import { ScrutinyOverviewController } from './overview.controller';
import { SampleWorkController } from './sample-work.controller';
import { SamplesController } from './samples.controller';

@Module({
  imports: [CqrsModule, AccessModule],
  controllers: [
    ScrutinyOverviewController,
    NoticesController,
    SamplesController,
    SampleWorkController,
    ChiefConstablePagesController,
    CommissionerController,
    ForcePagesController,
  ],
  providers: [PeopleNames],
})
export class ScrutinyPagesModule {}
