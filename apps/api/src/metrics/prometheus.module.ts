import { Module } from '@nestjs/common';
import { Backlog } from './backlog';
import { PrometheusController } from './prometheus.controller';
import { PrometheusFigures } from './prometheus-figures';

@Module({ controllers: [PrometheusController], providers: [PrometheusFigures, Backlog] })
export class PrometheusModule {}
