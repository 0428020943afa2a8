import { Module } from '@nestjs/common';
import { RiskAlertsController } from './risk-alerts.controller';

@Module({ controllers: [RiskAlertsController] })
export class RiskAlertsModule {}
