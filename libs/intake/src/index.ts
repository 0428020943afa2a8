export {
  ContactDrafts,
  MOST_DRAFT_BYTES,
  MOST_DRAFT_FILES,
  type ContactDraft,
  type DraftFile,
} from './application/contact-drafts';
export { ImportedLetters, type ImportedLetter } from './application/imported-letters';
export { CorrespondenceLog, type Correspondence, type GivenAttachment } from './application/log-correspondence';
export { MailStore, type ReceivedMail, type StoredMail } from './application/store-mail';
export { PastItem, type PastReceipt } from './application/past-item';
export { SenderMessages, type KnownSender, type SenderMessage } from './application/sender-messages';
export { IntakeModule, intakeContext } from './intake.module';
