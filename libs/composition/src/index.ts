export { CompositionModule, type CompositionOptions } from './composition.module';
export { prepareDatabase } from './prepare-database';
