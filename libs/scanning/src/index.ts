export { Clamd, ClamdAway, ClamdFailed } from './clamd';
export { clamdAddress } from './clamd-address';
export { ScanContent } from './scan-content';
export { ScanningModule } from './scanning.module';
export { VirusScan } from './virus-scan';
export { VirusScanner, type ScanVerdict } from './virus-scanner';
