export { type Bulletin } from './application/bulletins';
export { CheckPublication } from './application/check-publication';
export { CorrectPublication } from './application/correct-publication';
export { CountDuePublications, type DuePublications } from './application/count-due-publications';
export { GetBulletinFile, type BulletinFile } from './application/get-bulletin-file';
export { GetPublication, type PublicationView, type VersionView } from './application/get-publication';
export { GetPublishedVersion, type PublicVersion, type PublicVersionLine } from './application/get-published-version';
export {
  ListPublications,
  type MissingPublication,
  type PublicationLine,
  type PublicationList,
} from './application/list-publications';
export { ListPublished, type PublishedLine, type PublishedList } from './application/list-published';
export { PastPublications, type PastPublishing } from './application/past-publications';
export { type PublicationTarget } from './application/publication-desk';
export { type MadeFor } from './application/publication-maker';
export { PublishedFigures, type FiguresAsked } from './application/published-figures';
export { PublishVersion } from './application/publish-version';
export { RecordBulletin, type BulletinInput, type GivenFile } from './application/record-bulletin';
export { SendPublicationBack } from './application/send-publication-back';
export { StartPublication } from './application/start-publication';
export { SubmitPublication } from './application/submit-publication';
export { TakeFigures } from './application/take-figures';
export { WithdrawPublication } from './application/withdraw-publication';
export { WriteNarratives } from './application/write-narratives';
export {
  BULLETIN_KINDS,
  contentDifferences,
  NOTHING_TO_REPORT,
  type BulletinKind,
  type ContentDifference,
  type PublicationContent,
  type PublishedBulletin,
} from './domain/content';
export {
  daysInWords,
  exactQuarter,
  lastCompleteQuarter,
  periodInWords,
  quarterContaining,
  quartersUpTo,
  shortDay,
  yearToDate,
  type DataPeriod,
  type FinancialQuarter,
} from './domain/financial-quarter';
export {
  COMPLAINTS_MODELS,
  PUBLICATION_KINDS,
  publicationKind,
  type ComplaintsModel,
  type NarrativePart,
  type NarrativeSection,
  type PublicationKind,
} from './domain/publication-kinds';
export { type Narrative, type VersionState } from './domain/publication';
export {
  InvalidPublication,
  PublicationNotFound,
  PublicationRefused,
  SecondPersonNeeded,
} from './domain/publication.errors';
export {
  type FigureGroup,
  type FigureNumbers,
  type FigureSplit,
  type FigureUnit,
  type PublishedFigure,
} from './domain/published-figure';
export {
  basisInWords,
  measureInWords,
  numberInWords,
  shareOf,
  type Mark,
  type ShownFigure,
  type ShownMeasure,
  type ShownNumber,
} from './domain/shown-figure';
export { suppress, type Disclosure, type Sum } from './domain/suppression';
export { publicationContext, PublicationModule } from './publication.module';
