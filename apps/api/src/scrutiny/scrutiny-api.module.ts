import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Once } from '../input/once';
import { ChiefConstableController } from './chief-constable.controller';
import { DipSamplesController } from './dip-samples.controller';
import { ForceOversightController } from './force-oversight.controller';
import { InvestigationsController } from './investigations.controller';

@Module({
  imports: [CqrsModule],
  controllers: [InvestigationsController, DipSamplesController, ChiefConstableController, ForceOversightController],
  providers: [Once],
})
export class ScrutinyApiModule {}
