import { Module } from '@nestjs/common';
import { CaseworkModule } from '@app/casework';
import { Config } from '@app/platform';
import { Clamd } from './clamd';
import { clamdAddress } from './clamd-address';
import { NoScanner } from './no-scanner';
import { ScanContent } from './scan-content';
import { VirusScan } from './virus-scan';
import { VirusScanner } from './virus-scanner';

/** Keeps harmful files from being opened. Needs the platform and the offices. */
@Module({
  imports: [CaseworkModule],
  providers: [
    {
      provide: VirusScanner,
      inject: [Config],
      useFactory: ({ clamdUrl }: Config): VirusScanner =>
        clamdUrl === null ? new NoScanner() : new Clamd(clamdAddress(clamdUrl)),
    },
    ScanContent,
    VirusScan,
  ],
  exports: [ScanContent, VirusScan],
})
export class ScanningModule {}
