export { type CountedCase } from './application/counted-cases';
export { type Figure, type FigureGroup } from './application/figure-counter';
export { InvalidFigureRequest, type FigureRequest } from './application/figure-request';
export { GetTimeliness, type FigureReport } from './application/get-timeliness';
export { GetWorkload } from './application/get-workload';
export { ListCountedCases, type CountedCasesPage, type CountedCasesRequest } from './application/list-counted-cases';
export { BREAKDOWNS, FIGURES, type Breakdown, type FigureDefinition, type FigureKey } from './domain/figures';
export { timelinessContext, TimelinessModule } from './timeliness.module';
