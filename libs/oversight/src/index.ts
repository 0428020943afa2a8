export { DigestChoices } from './application/digest-choices';
export { DIGEST_TIMER, DigestTimer } from './application/digest-timer';
export { ListReadings, type Reading, type ReadingsAsked, type ReadingsPage } from './application/list-readings';
export { oversightContext, OversightModule } from './oversight.module';
