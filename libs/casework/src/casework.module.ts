import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { ContextDeclaration } from '@app/platform';
import { AttachmentVerdicts } from './application/attachment-verdicts';
import { CaseChanges } from './application/case-changes';
import { CaseLetters } from './application/case-letters';
import { CaseRepository } from './application/case-repository';
import { CaseSettings } from './application/case-settings';
import { CaseTexts } from './application/case-texts';
import { AddNote, AddNoteHandler } from './application/commands/add-note';
import { AllocateCase, AllocateCaseHandler } from './application/commands/allocate-case';
import { ApproveReply, ApproveReplyHandler } from './application/commands/approve-reply';
import { ChangeCorrespondent, ChangeCorrespondentHandler } from './application/commands/change-correspondent';
import { CloseCase, CloseCaseHandler } from './application/commands/close-case';
import { ConfirmRisk, ConfirmRiskHandler } from './application/commands/confirm-risk';
import { ConfirmSender, ConfirmSenderHandler } from './application/commands/confirm-sender';
import { DeclareConflict, DeclareConflictHandler } from './application/commands/declare-conflict';
import { DraftReply, DraftReplyHandler } from './application/commands/draft-reply';
import { ExtendDeadline, ExtendDeadlineHandler } from './application/commands/extend-deadline';
import { ForwardCase, ForwardCaseHandler } from './application/commands/forward-case';
import { LinkCases, LinkCasesHandler } from './application/commands/link-cases';
import { MarkAsSpam, MarkAsSpamHandler } from './application/commands/mark-as-spam';
import { PauseCase, PauseCaseHandler } from './application/commands/pause-case';
import { RecordDissatisfaction, RecordDissatisfactionHandler } from './application/commands/record-dissatisfaction';
import { RecordWithdrawal, RecordWithdrawalHandler } from './application/commands/record-withdrawal';
import { ReleaseCase, ReleaseCaseHandler } from './application/commands/release-case';
import { ReopenCase, ReopenCaseHandler } from './application/commands/reopen-case';
import { RestrictCase, RestrictCaseHandler } from './application/commands/restrict-case';
import { ResumeCase, ResumeCaseHandler } from './application/commands/resume-case';
import { SendHoldingUpdate, SendHoldingUpdateHandler } from './application/commands/send-holding-update';
import { SendReply, SendReplyHandler } from './application/commands/send-reply';
import { SendReplyBack, SendReplyBackHandler } from './application/commands/send-reply-back';
import { SubmitReply, SubmitReplyHandler } from './application/commands/submit-reply';
import { TakeCase, TakeCaseHandler } from './application/commands/take-case';
import { TakeNext, TakeNextHandler } from './application/commands/take-next';
import { TransferCase, TransferCaseHandler } from './application/commands/transfer-case';
import { TriageCase, TriageCaseHandler } from './application/commands/triage-case';
import { UnrestrictCase, UnrestrictCaseHandler } from './application/commands/unrestrict-case';
import { AcknowledgeNewCase } from './application/consumers/acknowledge-new-case';
import { AlertToRisk } from './application/consumers/alert-to-risk';
import { NoteRecalledReply } from './application/consumers/note-recalled-reply';
import { RecordBouncedAnswer } from './application/consumers/record-bounced-answer';
import { RecountDeadlines } from './application/consumers/recount-deadlines';
import { RouteTriagedCase } from './application/consumers/route-triaged-case';
import { TriageNewCase } from './application/consumers/triage-new-case';
import { WatchDeadlines } from './application/consumers/watch-deadlines';
import { FileRelease } from './application/file-release';
import { Forwardings } from './application/forwardings';
import { LinkedCases } from './application/linked-cases';
import { RecalledReplies } from './application/recalled-replies';
import { CaseJoiner } from './application/join-cases';
import { MendOverlookedCase } from './application/mend-overlooked-case';
import { CaseHistory } from './application/history/case-history';
import { CaseOpener } from './application/open-cases';
import { CountWork, CountWorkHandler } from './application/queries/count-work';
import { CaseworkConfigurationCheck } from './application/configuration/casework-configuration-check';
import { DryRunTriageRules, DryRunTriageRulesHandler } from './application/queries/dry-run-triage-rules';
import { GetAttachment, GetAttachmentHandler } from './application/queries/get-attachment';
import { GetCase, GetCaseHandler } from './application/queries/get-case';
import { GetCorrespondent, GetCorrespondentHandler } from './application/queries/get-correspondent';
import { ListCorrespondents, ListCorrespondentsHandler } from './application/queries/list-correspondents';
import { SearchEverything, SearchEverythingHandler } from './application/queries/search-everything';
import { GetOriginal, GetOriginalHandler } from './application/queries/get-original';
import { ListCaseDeadlines, ListCaseDeadlinesHandler } from './application/queries/list-case-deadlines';
import { ListCaseEvents, ListCaseEventsHandler } from './application/queries/list-case-events';
import { ListCaseMessages, ListCaseMessagesHandler } from './application/queries/list-case-messages';
import { ListCases, ListCasesHandler } from './application/queries/list-cases';
import { ListQueues, ListQueuesHandler } from './application/queries/list-queues';
import { ListRiskAlerts, ListRiskAlertsHandler } from './application/queries/list-risk-alerts';
import { KeepUnsavedReply, KeepUnsavedReplyHandler } from './application/commands/keep-unsaved-reply';
import { RecallReply, RecallReplyHandler } from './application/commands/recall-reply';
import { UnlinkCases, UnlinkCasesHandler } from './application/commands/unlink-cases';
import { FindCallers, FindCallersHandler } from './application/queries/find-callers';
import { GetCaseSurroundings, GetCaseSurroundingsHandler } from './application/queries/get-case-surroundings';
import { GetCaseVersion, GetCaseVersionHandler } from './application/queries/get-case-version';
import { GetMessageHtml, GetMessageHtmlHandler } from './application/queries/get-message-html';
import { ListCaseChoices, ListCaseChoicesHandler } from './application/queries/list-case-choices';
import { ListCaseReaders, ListCaseReadersHandler } from './application/queries/list-case-readers';
import { PreviewForwarding, PreviewForwardingHandler } from './application/queries/preview-forwarding';
import { PreviewLetter, PreviewLetterHandler } from './application/queries/preview-letter';
import { ListWorklist, ListWorklistHandler } from './application/queries/list-worklist';
import { PreviewHolidays, PreviewHolidaysHandler } from './application/queries/preview-holidays';
import { PreviewTemplate, PreviewTemplateHandler } from './application/queries/preview-template';
import { CaseReader } from './application/queries/read-case';
import { OpeningReservations } from './application/opening-reservations';
import { CASE_EVENT_VERSIONS } from './domain/case.events';
import { CaseFileRow } from './infrastructure/case-file.row';
import { TypeOrmCaseRepository } from './infrastructure/typeorm-case-repository';

export const caseworkContext: ContextDeclaration = {
  events: {
    ...Object.fromEntries(
      Object.entries(CASE_EVENT_VERSIONS).map(([type, schemaVersion]) => [type, { schemaVersion }]),
    ),
    'casework.correspondent-changed': { schemaVersion: 1 },
  },
  messages: [
    AddNote,
    AllocateCase,
    ApproveReply,
    CloseCase,
    ConfirmRisk,
    ConfirmSender,
    DeclareConflict,
    DraftReply,
    ExtendDeadline,
    ForwardCase,
    LinkCases,
    MarkAsSpam,
    PauseCase,
    ReleaseCase,
    ReopenCase,
    RestrictCase,
    ResumeCase,
    SendHoldingUpdate,
    SendReply,
    SendReplyBack,
    SubmitReply,
    TakeCase,
    TakeNext,
    TransferCase,
    TriageCase,
    UnrestrictCase,
    DryRunTriageRules,
    PreviewHolidays,
    PreviewTemplate,
    GetAttachment,
    GetCase,
    GetOriginal,
    ListCaseDeadlines,
    ListCaseEvents,
    ListCaseMessages,
    ListCases,
    ListQueues,
    ListRiskAlerts,
    KeepUnsavedReply,
    RecallReply,
    RecordDissatisfaction,
    RecordWithdrawal,
    UnlinkCases,
    FindCallers,
    GetCaseSurroundings,
    GetCaseVersion,
    GetMessageHtml,
    ListCaseChoices,
    ListCaseReaders,
    PreviewForwarding,
    PreviewLetter,
    ListWorklist,
    CountWork,
    ChangeCorrespondent,
    GetCorrespondent,
    ListCorrespondents,
    SearchEverything,
  ],
  entities: [CaseFileRow],
};

const handlers = [
  AddNoteHandler,
  AllocateCaseHandler,
  ApproveReplyHandler,
  CloseCaseHandler,
  ConfirmRiskHandler,
  ConfirmSenderHandler,
  DeclareConflictHandler,
  DraftReplyHandler,
  ExtendDeadlineHandler,
  ForwardCaseHandler,
  LinkCasesHandler,
  MarkAsSpamHandler,
  PauseCaseHandler,
  ReleaseCaseHandler,
  ReopenCaseHandler,
  RestrictCaseHandler,
  ResumeCaseHandler,
  SendHoldingUpdateHandler,
  SendReplyHandler,
  SendReplyBackHandler,
  SubmitReplyHandler,
  TakeCaseHandler,
  TakeNextHandler,
  TransferCaseHandler,
  TriageCaseHandler,
  UnrestrictCaseHandler,
  DryRunTriageRulesHandler,
  PreviewHolidaysHandler,
  PreviewTemplateHandler,
  GetAttachmentHandler,
  GetCaseHandler,
  GetOriginalHandler,
  ListCaseDeadlinesHandler,
  ListCaseEventsHandler,
  ListCaseMessagesHandler,
  ListCasesHandler,
  ListQueuesHandler,
  ListRiskAlertsHandler,
  KeepUnsavedReplyHandler,
  RecallReplyHandler,
  RecordDissatisfactionHandler,
  RecordWithdrawalHandler,
  UnlinkCasesHandler,
  FindCallersHandler,
  GetCaseSurroundingsHandler,
  GetCaseVersionHandler,
  GetMessageHtmlHandler,
  ListCaseChoicesHandler,
  ListCaseReadersHandler,
  PreviewForwardingHandler,
  PreviewLetterHandler,
  ListWorklistHandler,
  CountWorkHandler,
  ChangeCorrespondentHandler,
  GetCorrespondentHandler,
  ListCorrespondentsHandler,
  SearchEverythingHandler,
];

const consumers = [
  TriageNewCase,
  RouteTriagedCase,
  AcknowledgeNewCase,
  AlertToRisk,
  WatchDeadlines,
  RecountDeadlines,
  RecordBouncedAnswer,
  NoteRecalledReply,
];

@Module({
  imports: [CqrsModule],
  providers: [
    ...handlers,
    ...consumers,
    AttachmentVerdicts,
    CaseChanges,
    CaseJoiner,
    CaseLetters,
    CaseHistory,
    CaseOpener,
    CaseReader,
    CaseSettings,
    CaseTexts,
    FileRelease,
    Forwardings,
    LinkedCases,
    CaseworkConfigurationCheck,
    MendOverlookedCase,
    RecalledReplies,
    OpeningReservations,
    { provide: CaseRepository, useClass: TypeOrmCaseRepository },
  ],
  exports: [
    AttachmentVerdicts,
    CaseHistory,
    CaseOpener,
    CaseChanges,
    CaseJoiner,
    CaseLetters,
    CaseRepository,
    CaseSettings,
    CaseTexts,
    MendOverlookedCase,
    WatchDeadlines,
  ],
})
export class CaseworkModule {}
