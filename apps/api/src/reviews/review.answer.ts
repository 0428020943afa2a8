import { ApiProperty } from '@nestjs/swagger';
import { REVIEW_ACTIONS, REVIEW_STAGES, type ReviewLine, type ReviewView } from '@app/reviews';

/** A review as the API shows it. */
export class ReviewAnswer {
  @ApiProperty({ example: 'WM-2026-000123-K' }) reference!: string;
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() office!: string;
  @ApiProperty() version!: number;
  @ApiProperty({ enum: REVIEW_STAGES }) stage!: string;
  @ApiProperty({ format: 'date', description: 'First receipt, wherever it was' }) receivedOn!: string;
  @ApiProperty({ type: Object }) particulars!: object;
  @ApiProperty({ type: String, nullable: true }) grounds!: string | null;
  @ApiProperty({ type: Object, nullable: true, description: 'As `POST /api/v1/reviews/eligibility` answers' })
  eligibility!: object | null;
  @ApiProperty({ type: [Object], description: 'Particulars that contradict each other' })
  contradictions!: readonly object[];
  @ApiProperty({ type: [String], description: 'Not known yet: taken in favour of the applicant (R1.10)' })
  unknown!: readonly string[];
  @ApiProperty({ type: String, nullable: true }) validity!: string | null;
  @ApiProperty({ type: String, nullable: true }) validityDecidedOn!: string | null;
  @ApiProperty({ type: Object, nullable: true }) timeExtended!: object | null;
  @ApiProperty({ type: Object, nullable: true }) forwarded!: object | null;
  @ApiProperty({ type: String, nullable: true }) reviewer!: string | null;
  @ApiProperty({ type: [Object] }) declarations!: readonly object[];
  @ApiProperty({ type: String, nullable: true }) authorityNotifiedOn!: string | null;
  @ApiProperty({ type: [Object] }) parties!: readonly object[];
  @ApiProperty({ type: [Object] }) papers!: readonly object[];
  @ApiProperty({ type: [Object], description: 'Each with its rule and the counting in words' })
  clocks!: readonly object[];
  @ApiProperty({ type: [Object] }) pauses!: readonly object[];
  @ApiProperty({ type: Object, description: 'Calendar days: gross, paused, net, and from the papers' })
  elapsed!: object;
  @ApiProperty({ type: [Object] }) allegations!: readonly object[];
  @ApiProperty({ type: Object, nullable: true }) test!: object | null;
  @ApiProperty({ type: Object, nullable: true }) qualityCheck!: object | null;
  @ApiProperty({ type: String, nullable: true }) outcome!: string | null;
  @ApiProperty({ type: [String] }) observations!: readonly string[];
  @ApiProperty({ type: String, nullable: true }) decidedOn!: string | null;
  @ApiProperty({ type: String, nullable: true }) issuedOn!: string | null;
  @ApiProperty({ type: [Object] }) letters!: readonly object[];
  @ApiProperty({ type: Object, nullable: true }) withdrawn!: object | null;
  @ApiProperty({ type: [Object] }) judicialReview!: readonly object[];
  @ApiProperty({ type: String, nullable: true }) closedOn!: string | null;
  @ApiProperty({ type: Object, nullable: true, description: 'By what instrument the work is delegated' })
  delegation!: object | null;
  @ApiProperty({ enum: REVIEW_ACTIONS, isArray: true }) allowedActions!: readonly string[];
  @ApiProperty({ type: Object }) links!: object;
}

export function toReviewAnswer(view: ReviewView): ReviewAnswer {
  const { state, texts } = view;
  const worded = <T extends { textId: string | null }>(each: T): Omit<T, 'textId'> & { reason: string | null } => {
    const { textId, ...rest } = each;
    return { ...rest, reason: textId === null ? null : (texts[textId] ?? null) };
  };
  const self = `/api/v1/reviews/${state.reference}`;
  return {
    reference: state.reference,
    id: state.id,
    office: state.office,
    version: view.version,
    stage: state.stage,
    receivedOn: state.receivedOn,
    particulars: state.particulars,
    grounds: view.grounds,
    eligibility: view.eligibility,
    contradictions: view.contradictions,
    unknown: view.unknown,
    validity: state.validity,
    validityDecidedOn: state.validityDecidedOn,
    timeExtended: state.timeExtended && worded(state.timeExtended),
    forwarded: state.forwardedTo === null ? null : { to: state.forwardedTo, on: state.forwardedOn },
    reviewer: state.reviewer,
    declarations: state.declarations.map(worded),
    authorityNotifiedOn: state.authorityNotifiedOn,
    parties: view.parties,
    papers: view.papers,
    clocks: view.clocks,
    pauses: state.pauses.map(worded),
    elapsed: view.elapsed,
    allegations: view.allegations,
    test: view.test,
    qualityCheck: state.qualityCheck,
    outcome: state.outcome,
    observations: view.observations,
    decidedOn: state.decidedOn,
    issuedOn: state.issuedOn,
    letters: state.letters,
    withdrawn: state.withdrawn,
    judicialReview: state.judicialReview.map(worded),
    closedOn: state.closedOn,
    delegation: view.delegation,
    allowedActions: view.allowedActions,
    links: { self, case: `/api/v1/cases/${state.reference}` },
  };
}

/** A review in a list. */
export class ReviewLineAnswer {
  @ApiProperty() reference!: string;
  @ApiProperty() office!: string;
  @ApiProperty({ enum: REVIEW_STAGES }) stage!: string;
  @ApiProperty() receivedOn!: string;
  @ApiProperty({ type: String, nullable: true }) reviewer!: string | null;
  @ApiProperty({ type: String, nullable: true }) validity!: string | null;
  @ApiProperty({ type: String, nullable: true }) outcome!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The earlier of the running clocks' }) nextDue!:
    string | null;
  @ApiProperty() isOverdue!: boolean;
  @ApiProperty() openRecommendations!: number;
}

export class ReviewPageAnswer {
  @ApiProperty({ type: [ReviewLineAnswer] }) items!: readonly ReviewLine[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
  @ApiProperty() total!: number;
}
