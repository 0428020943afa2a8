export { AttachmentVerdicts, type ScanVerdict } from './application/attachment-verdicts';
export { CaseChanges, type CaseTarget } from './application/case-changes';
export { CaseLetters } from './application/case-letters';
export { CaseRepository } from './application/case-repository';
export { CaseSettings } from './application/case-settings';
export { CaseTexts } from './application/case-texts';
export { caseStream } from './application/case-stream';
export { AddNote } from './application/commands/add-note';
export { AllocateCase } from './application/commands/allocate-case';
export { ApproveReply } from './application/commands/approve-reply';
export { ChangeCorrespondent } from './application/commands/change-correspondent';
export { CloseCase } from './application/commands/close-case';
export { ConfirmRisk } from './application/commands/confirm-risk';
export { ConfirmSender } from './application/commands/confirm-sender';
export { DeclareConflict } from './application/commands/declare-conflict';
export { DraftReply, type DraftInput } from './application/commands/draft-reply';
export { ExtendDeadline } from './application/commands/extend-deadline';
export { ForwardCase } from './application/commands/forward-case';
export { type ForwardInput } from './application/forwardings';
export { KeepUnsavedReply } from './application/commands/keep-unsaved-reply';
export { LinkCases } from './application/commands/link-cases';
export { MarkAsSpam } from './application/commands/mark-as-spam';
export { PauseCase } from './application/commands/pause-case';
export { RecordDissatisfaction } from './application/commands/record-dissatisfaction';
export { RecordWithdrawal } from './application/commands/record-withdrawal';
export { RecallReply } from './application/commands/recall-reply';
export { ReleaseCase } from './application/commands/release-case';
export { ReopenCase } from './application/commands/reopen-case';
export { RestrictCase } from './application/commands/restrict-case';
export { ResumeCase } from './application/commands/resume-case';
export { SendHoldingUpdate } from './application/commands/send-holding-update';
export { SendReply, UNDO_SECONDS, type SendInput } from './application/commands/send-reply';
export { SendReplyBack } from './application/commands/send-reply-back';
export { SubmitReply } from './application/commands/submit-reply';
export { TakeCase } from './application/commands/take-case';
export { QueueEmpty, TakeNext } from './application/commands/take-next';
export { TransferCase } from './application/commands/transfer-case';
export { TriageCase, type TriageInput } from './application/commands/triage-case';
export { UnlinkCases } from './application/commands/unlink-cases';
export { UnrestrictCase } from './application/commands/unrestrict-case';
export { WatchDeadlines } from './application/consumers/watch-deadlines';
export { CASE_PARENT_TABLES, CaseHistory, PastCases } from './application/history/case-history';
export { type PastContact, type PastCorrespondent, type PastOpening } from './application/history/past-contact';
export { type Then } from './application/history/past-case';
export { WorkedCase, type PastForwarding } from './application/history/worked-case';
export { CaseJoiner } from './application/join-cases';
export { MendOverlookedCase } from './application/mend-overlooked-case';
export { type CorrespondentDetails } from './application/correspondents';
export {
  CaseOpener,
  addMessageRows,
  addRiskAlert,
  type MessageContent,
  type NewCase,
  type OpenedCase,
  type StoredAttachment,
} from './application/open-cases';
export { type CaseView } from './application/queries/case-view';
export { FindCallers, type CallerView } from './application/queries/find-callers';
export {
  GetCaseSurroundings,
  type CaseAlertView,
  type CaseSurroundings,
  type RelatedCaseView,
} from './application/queries/get-case-surroundings';
export { GetCaseVersion, type CaseVersionView } from './application/queries/get-case-version';
export { GetMessageHtml } from './application/queries/get-message-html';
export { ListCaseChoices, type CaseChoice, type CaseChoices } from './application/queries/list-case-choices';
export { ListCaseReaders, type CaseReaderView } from './application/queries/list-case-readers';
export { PreviewForwarding, type ForwardingPreview } from './application/queries/preview-forwarding';
export { PreviewLetter, type LetterPreview } from './application/queries/preview-letter';
export { MERGE_FIELDS, type MergeField } from './application/configuration/merge-fields';
export {
  DryRunTriageRules,
  MOST_TRIED,
  type DryRun,
  type RuleChange,
  type TriedCase,
} from './application/queries/dry-run-triage-rules';
export { PreviewHolidays, type HolidayPreview, type MovingDeadline } from './application/queries/preview-holidays';
export { PreviewTemplate } from './application/queries/preview-template';
export { GetAttachment, type AttachmentContent, type CaseContent } from './application/queries/get-attachment';
export { GetCase, type CaseDetail } from './application/queries/get-case';
export { GetCorrespondent, type CorrespondentView } from './application/queries/get-correspondent';
export {
  ListCorrespondents,
  type CorrespondentLine,
  type CorrespondentPage,
} from './application/queries/list-correspondents';
export {
  SearchEverything,
  type SearchHit,
  type SearchResult,
  type SnippetPart,
} from './application/queries/search-everything';
export { CAPACITIES, REPLY_CHANNELS, type CorrespondentRecord } from './domain/correspondent';
export { CorrespondentChanged, CorrespondentNotFound, InvalidCorrespondent } from './domain/correspondent.errors';
export { GetOriginal } from './application/queries/get-original';
export { ListCaseDeadlines, type DeadlineView } from './application/queries/list-case-deadlines';
export { ListCaseEvents, type CaseEventView } from './application/queries/list-case-events';
export { ListCaseMessages, type MessagePage, type MessageView } from './application/queries/list-case-messages';
export { CountWork, type OfficeWork } from './application/queries/count-work';
export { endOfWeek } from './application/queries/end-of-week';
export { OPEN_CASES, type CaseFilter } from './application/queries/case-filter';
export { type CaseCursor, type CasePlace } from './application/queries/case-pages';
export { CASE_SORTS, type CaseSort } from './application/queries/case-sorts';
export { ListCases, type CasePage } from './application/queries/list-cases';
export {
  ListWorklist,
  WORKLIST_COUNTED_TO,
  type WorklistItem,
  type WorklistPage,
} from './application/queries/list-worklist';
export { ListQueues, type QueueView } from './application/queries/list-queues';
export { ListRiskAlerts, type RiskAlertView } from './application/queries/list-risk-alerts';
export { CaseworkModule, caseworkContext } from './casework.module';
export { type ClockPolicy, type DeadlineCounter } from './domain/case-deadlines';
export { type CaseFile } from './domain/case-file';
export { CASE_ACTIONS, CASE_STATUSES, type CaseAction, type CaseStatus } from './domain/case-status';
export { type CaseState } from './domain/case-state';
export { CaseContentNotFound, CaseNotFound, CaseVersionStale, FileNotReleased } from './domain/case.errors';
export { type CaseEventData, type CaseEventType, type ClockName, type DeadlineFact } from './domain/case.events';
