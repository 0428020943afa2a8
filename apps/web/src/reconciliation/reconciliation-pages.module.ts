import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CertificateController } from './certificate.controller';

@Module({ imports: [CqrsModule], controllers: [CertificateController] })
export class ReconciliationPagesModule {}
