import { Module } from '@nestjs/common';
import { IntakeModule } from '@app/intake';
import { CorrespondenceController } from './correspondence.controller';

@Module({ imports: [IntakeModule], controllers: [CorrespondenceController] })
export class CorrespondenceModule {}
