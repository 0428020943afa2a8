import { Module } from '@nestjs/common';
import { IntakeModule } from '@app/intake';
import { Mailroom } from './mailroom';

@Module({ imports: [IntakeModule], providers: [Mailroom], exports: [Mailroom] })
export class MailroomModule {}
