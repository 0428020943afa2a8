export { DemoModule } from './demo.module';
export { DemoOffice } from './demo-office';
export { type OfficeProfile } from './history/arrivals';
export { demonstrationPlan, HistoryWriter, type HistoryFacts, type HistoryPlan } from './history/history-writer';
export { DemonstrationPublications } from './demonstration-publications';
