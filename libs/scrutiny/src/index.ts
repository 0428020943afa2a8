export { ChangeInvestigation, type InvestigationChange } from './application/commands/change-investigation';
export {
  AdvanceChiefConstableComplaint,
  CHIEF_CONSTABLE_CATEGORY,
  OpenChiefConstableComplaint,
  type ChiefConstableAct,
} from './application/commands/chief-constable';
export { DrawDipSample } from './application/commands/draw-dip-sample';
export { EnterInvestigation } from './application/commands/enter-investigation';
export { HoldForceMeeting, PlanForceMeeting } from './application/commands/force-meetings';
export { AnswerOversightAction, TakeOversightAction, type TakenAction } from './application/commands/oversight-actions';
export { PlanDipSample, type PlannedSample, type PopulationChoice } from './application/commands/plan-dip-sample';
export { RecordNotice, type NoticeRecorded } from './application/commands/record-notice';
export { RecordPanelNumbers, type RecordedPanelNumbers } from './application/commands/record-panel-numbers';
export { ScoreSampledFile, WorkOnDipSample, type DipSampleAct } from './application/commands/work-on-dip-sample';
export {
  GetChiefConstableComplaint,
  ListChiefConstableComplaints,
  ListUnopenedComplaints,
  type ChiefConstableLine,
  type ChiefConstableView,
  type UnopenedComplaint,
} from './application/queries/chief-constable';
export { CountScrutinyDue, type ScrutinyDue } from './application/queries/count-scrutiny-due';
export {
  GetDipSample,
  GetSamplePopulation,
  ListDipSamples,
  type DipSampleLine,
  type DipSampleStage,
  type DipSampleView,
  type SampledFileView,
} from './application/queries/dip-samples';
export {
  GetForceMeeting,
  GetOversightAction,
  ListForceMeetings,
  ListOversightActions,
  type ForceMeetingView,
  type OversightActionView,
} from './application/queries/force';
export {
  GetCaseForScrutiny,
  GetScrutinyChoices,
  type ScrutinyChoices,
} from './application/queries/get-scrutiny-choices';
export {
  GetScrutinyFigures,
  ListScrutinyFigureItems,
  type FigureItems,
  type ScrutinyFigureReport,
  type ScrutinyFiguresRequest,
  type ScrutinyFigureView,
} from './application/queries/get-scrutiny-figures';
export {
  GetInvestigation,
  ListInvestigations,
  type InvestigationLine,
  type InvestigationView,
} from './application/queries/investigations';
export {
  COMMISSIONER_CATEGORY,
  ListCommissionerComplaints,
  ListPanelNumbers,
  type CommissionerComplaint,
  type PanelNumbersView,
} from './application/queries/panel';
export { type RecordListRequest, type RecordPage } from './application/queries/record-lists';
export {
  CONDUCT_OF,
  HANDLING_ROUTES,
  OUTCOMES,
  RECORDING_DECISIONS,
  REFERRAL_DECISIONS,
} from './domain/chief-constable/chief-constable-complaint';
export { type CountedItem } from './domain/figures/scrutiny-figures';
export { AGENDA_ITEMS } from './domain/force/force-meeting';
export { ACTION_GROUNDS, ACTION_KINDS, ANSWER_CODES } from './domain/force/oversight-action';
export { NEXT_NOTICE_FROM, type NoticeSlot } from './domain/notices/notice-chain';
export { SAMPLING_ALGORITHM } from './domain/samples/draw-sample';
export { readPopulation } from './domain/samples/population';
export { ScrutinySettings } from './application/scrutiny-settings';
export { ScrutinyModule, scrutinyContext } from './scrutiny.module';
export {
  demonstrationScrutiny,
  type PastMoment,
  type ScrutinyPast,
  type ScrutinyPastPlan,
} from './application/history/demonstration-scrutiny';
