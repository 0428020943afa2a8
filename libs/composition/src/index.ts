export { CompositionModule, type CompositionOptions } from './composition.module';
export { prepareDatabase } from './prepare-database';
export { runProcess, type ProcessStart, type StopProcess } from './run-process';
