export { AutomaticAnswers, type AutomaticAnswerRequest } from './application/automatic-answers';
export { CancelOutgoing } from './application/cancel-outgoing';
export { GetOutgoing } from './application/get-outgoing';
export { ListOutgoing, UnreadableCursor, type OutgoingFilter, type OutgoingPage } from './application/list-outgoing';
export { MarkOutgoingSent } from './application/mark-outgoing-sent';
export { Outgoing, type OutgoingFile, type OutgoingRequest, type QueuedMessage } from './application/outgoing';
export { type OutgoingView } from './application/outgoing-view';
export { OutgoingBounces, type BouncedMessage, type BounceSeverity } from './application/record-bounce';
export {
  MergeFieldMissing,
  renderTemplate,
  TemplateUnusable,
  type MessageTemplate,
  type RenderedMessage,
} from './application/render-template';
export { PastMessage } from './application/past-message';
export { templateProblems, type TemplateProblem } from './application/template-problems';
export { ResendOutgoing } from './application/resend-outgoing';
export { StaffMail, type StaffLetter } from './application/staff-mail';
export {
  decideAutomaticAnswer,
  DEFAULT_LIMITS,
  type AutomaticAnswerDecision,
  type AutomaticAnswerFacts,
  type AutomaticAnswerLimits,
} from './domain/automatic-answer-policy';
export { isMailAddress, mailboxOf } from './domain/mail-address';
export { isOwnMessageId, ownMessageIdsIn, parseOwnMessageId, type OwnMessageId } from './domain/mail-message-id';
export {
  type NotificationEvent,
  type NotificationEventData,
  type NotificationEventType,
} from './domain/notification.events';
export { OutgoingNotFound, OutgoingNotInState, ReasonMissing, UnusableMailAddress } from './domain/outgoing.errors';
export { OUTGOING_STATUSES, type OutgoingKind, type OutgoingStatus } from './domain/outgoing-status';
export { NotificationsModule, notificationsContext, type NotificationsOptions } from './notifications.module';
