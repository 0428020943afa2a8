export { classifyMail, type MailClassification, type MailEnvelope, type MailKind } from './classify-mail';
export { type BounceDetails } from './bounce/read-bounce';
export { type BounceSeverity } from './bounce/rate-diagnostic';
export { MailParserPool, type MailParserPoolOptions } from './mail-parser-pool';
export { MailUnreadable, type MailUnreadableReason } from './mail-unreadable';
export {
  DEFAULT_MAIL_LIMITS,
  type MailAddress,
  type MailAttachment,
  type MailLimits,
  type MailProblem,
  type NestedMail,
  type ParsedMail,
} from './parsed-mail';
export { scoreSpam, SPAM_THRESHOLD, type SpamScore } from './spam-score';
