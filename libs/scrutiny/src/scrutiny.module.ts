import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule } from '@app/access';
import { OfficesModule } from '@app/offices';
import type { ContextDeclaration } from '@app/platform';
import { CasesOfRecords } from './application/cases-of-records';
import { ChangeInvestigation, ChangeInvestigationHandler } from './application/commands/change-investigation';
import {
  AdvanceChiefConstableComplaint,
  AdvanceChiefConstableComplaintHandler,
  OpenChiefConstableComplaint,
  OpenChiefConstableComplaintHandler,
} from './application/commands/chief-constable';
import { DrawDipSample, DrawDipSampleHandler } from './application/commands/draw-dip-sample';
import { EnterInvestigation, EnterInvestigationHandler } from './application/commands/enter-investigation';
import {
  HoldForceMeeting,
  HoldForceMeetingHandler,
  PlanForceMeeting,
  PlanForceMeetingHandler,
} from './application/commands/force-meetings';
import {
  AnswerOversightAction,
  AnswerOversightActionHandler,
  TakeOversightAction,
  TakeOversightActionHandler,
} from './application/commands/oversight-actions';
import { PlanDipSample, PlanDipSampleHandler } from './application/commands/plan-dip-sample';
import { RecordNotice, RecordNoticeHandler } from './application/commands/record-notice';
import { RecordPanelNumbers, RecordPanelNumbersHandler } from './application/commands/record-panel-numbers';
import {
  ScoreSampledFile,
  ScoreSampledFileHandler,
  WorkOnDipSample,
  WorkOnDipSampleHandler,
} from './application/commands/work-on-dip-sample';
import {
  GetChiefConstableComplaint,
  GetChiefConstableComplaintHandler,
  ListChiefConstableComplaints,
  ListChiefConstableComplaintsHandler,
  ListUnopenedComplaints,
  ListUnopenedComplaintsHandler,
} from './application/queries/chief-constable';
import { CountScrutinyDue, CountScrutinyDueHandler } from './application/queries/count-scrutiny-due';
import {
  GetDipSample,
  GetDipSampleHandler,
  GetSamplePopulation,
  GetSamplePopulationHandler,
  ListDipSamples,
  ListDipSamplesHandler,
} from './application/queries/dip-samples';
import {
  GetForceMeeting,
  GetForceMeetingHandler,
  GetOversightAction,
  GetOversightActionHandler,
  ListForceMeetings,
  ListForceMeetingsHandler,
  ListOversightActions,
  ListOversightActionsHandler,
} from './application/queries/force';
import {
  GetCaseForScrutiny,
  GetCaseForScrutinyHandler,
  GetScrutinyChoices,
  GetScrutinyChoicesHandler,
} from './application/queries/get-scrutiny-choices';
import {
  GetScrutinyFigures,
  GetScrutinyFiguresHandler,
  ListScrutinyFigureItems,
  ListScrutinyFigureItemsHandler,
  ScrutinyFigures,
} from './application/queries/get-scrutiny-figures';
import {
  GetInvestigation,
  GetInvestigationHandler,
  ListInvestigations,
  ListInvestigationsHandler,
} from './application/queries/investigations';
import {
  ListCommissionerComplaints,
  ListCommissionerComplaintsHandler,
  ListPanelNumbers,
  ListPanelNumbersHandler,
} from './application/queries/panel';
import { RecordLists } from './application/queries/record-lists';
import { ScrutinyRecords } from './application/scrutiny-records';
import { ScrutinySettings } from './application/scrutiny-settings';
import { ScrutinyTexts } from './application/texts';
import { SCRUTINY_EVENTS } from './domain/scrutiny.events';

/** What this context brings to the platform. */
export const scrutinyContext: ContextDeclaration = {
  events: SCRUTINY_EVENTS,
  messages: [
    ...[RecordNotice, EnterInvestigation, ChangeInvestigation, ListInvestigations, GetInvestigation],
    ...[PlanDipSample, DrawDipSample, WorkOnDipSample, ScoreSampledFile],
    ...[ListDipSamples, GetDipSample, GetSamplePopulation],
    ...[OpenChiefConstableComplaint, AdvanceChiefConstableComplaint],
    ...[ListChiefConstableComplaints, ListUnopenedComplaints, GetChiefConstableComplaint],
    ...[RecordPanelNumbers, ListPanelNumbers, ListCommissionerComplaints],
    ...[TakeOversightAction, AnswerOversightAction, ListOversightActions, GetOversightAction],
    ...[PlanForceMeeting, HoldForceMeeting, ListForceMeetings, GetForceMeeting],
    ...[GetScrutinyFigures, ListScrutinyFigureItems, CountScrutinyDue, GetScrutinyChoices, GetCaseForScrutiny],
  ],
  entities: [],
};

/** How the office oversees the force's handling of complaints. */
@Module({
  imports: [CqrsModule, AccessModule, OfficesModule],
  providers: [
    ...[CasesOfRecords, RecordLists, ScrutinyFigures, ScrutinyRecords, ScrutinySettings, ScrutinyTexts],
    ...[RecordNoticeHandler, EnterInvestigationHandler, ChangeInvestigationHandler],
    ...[ListInvestigationsHandler, GetInvestigationHandler],
    ...[PlanDipSampleHandler, DrawDipSampleHandler, WorkOnDipSampleHandler, ScoreSampledFileHandler],
    ...[ListDipSamplesHandler, GetDipSampleHandler, GetSamplePopulationHandler],
    ...[OpenChiefConstableComplaintHandler, AdvanceChiefConstableComplaintHandler],
    ...[ListChiefConstableComplaintsHandler, ListUnopenedComplaintsHandler, GetChiefConstableComplaintHandler],
    ...[RecordPanelNumbersHandler, ListPanelNumbersHandler, ListCommissionerComplaintsHandler],
    ...[TakeOversightActionHandler, AnswerOversightActionHandler],
    ...[ListOversightActionsHandler, GetOversightActionHandler],
    ...[PlanForceMeetingHandler, HoldForceMeetingHandler, ListForceMeetingsHandler, GetForceMeetingHandler],
    ...[GetScrutinyFiguresHandler, ListScrutinyFigureItemsHandler, CountScrutinyDueHandler],
    ...[GetScrutinyChoicesHandler, GetCaseForScrutinyHandler],
  ],
  exports: [ScrutinySettings],
})
export class ScrutinyModule {}
