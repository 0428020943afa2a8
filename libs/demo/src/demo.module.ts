import { Module } from '@nestjs/common';
import { IntakeModule } from '@app/intake';
import { DemoOffice } from './demo-office';

@Module({ imports: [IntakeModule], providers: [DemoOffice], exports: [DemoOffice] })
export class DemoModule {}
