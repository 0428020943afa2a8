import { Module } from '@nestjs/common';
import type { ContextDeclaration } from '@app/platform';
import { CountedCases } from './application/counted-cases';
import { DueCases } from './application/due-cases';
import { FigureCounter } from './application/figure-counter';
import { FigureFrames } from './application/figure-frames';
import { GetDueCases, GetDueCasesHandler } from './application/get-due-cases';
import { GetTimeliness, GetTimelinessHandler } from './application/get-timeliness';
import { GetWorkload, GetWorkloadHandler } from './application/get-workload';
import { ListCountedCases, ListCountedCasesHandler } from './application/list-counted-cases';
import { ListDueCases, ListDueCasesHandler } from './application/list-due-cases';
import { SqlCountedCases } from './infrastructure/sql-counted-cases';
import { SqlDueCases } from './infrastructure/sql-due-cases';
import { TimelinessProjection } from './projections/timeliness-projection';

export const timelinessContext: ContextDeclaration = {
  events: {},
  messages: [GetTimeliness, GetWorkload, ListCountedCases, GetDueCases, ListDueCases],
  entities: [],
};

/** Counts what the offices do with their correspondence. Needs the platform, the offices and the CQRS module. */
@Module({
  providers: [
    TimelinessProjection,
    FigureFrames,
    FigureCounter,
    { provide: CountedCases, useClass: SqlCountedCases },
    GetTimelinessHandler,
    GetWorkloadHandler,
    ListCountedCasesHandler,
    { provide: DueCases, useClass: SqlDueCases },
    GetDueCasesHandler,
    ListDueCasesHandler,
  ],
})
export class TimelinessModule {}
