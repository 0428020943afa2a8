import { Body, Controller, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { currentCaller } from '@app/platform';
import { Call, type ActionCall } from '../cases/action-call';
import { CaseTag } from '../cases/case-tag.interceptor';
import { ReasonBody } from '../cases/keeping.bodies';
import { OptionalBody } from '../input/optional-body.interceptor';
import { ReviewActionRoute } from './review-action.decorator';
import { ReviewActions } from './review-actions';
import type { ReviewAnswer } from './review.answer';
import {
  AllegationBody,
  FindingBody,
  ForwardReviewBody,
  IndependenceBody,
  IssueBody,
  JudicialReviewBody,
  NotifyBody,
  PapersBody,
  PapersReceivedBody,
  PartyBody,
  PauseReviewBody,
  RecordParticularsBody,
  ReturnBody,
  ReviewerBody,
  SubmitReviewBody,
  TestNoteBody,
  ValidityBody,
  WithdrawBody,
  toParticulars,
} from './review.bodies';

/** What is done with a review, from its particulars to its end. */
@ApiTags('Reviews: what is done with them')
@Controller('api/v1/reviews')
@UseInterceptors(OptionalBody, CaseTag)
export class ReviewActionsController {
  constructor(private readonly actions: ReviewActions) {}

  @ReviewActionRoute('record-particulars', 'Record what the application states')
  recordParticulars(@Call() call: ActionCall, @Body() { particulars }: RecordParticularsBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'record-particulars', particulars: toParticulars(particulars) });
  }

  @ReviewActionRoute('extend-time', 'Extend the 28 days for special circumstances (R1.25)')
  extendTime(@Call() call: ActionCall, @Body() { reason }: ReasonBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'extend-time', reason });
  }

  @ReviewActionRoute('decide-validity', 'Decide whether it is dealt with on its merits')
  decideValidity(@Call() call: ActionCall, @Body() { validity, reason = null }: ValidityBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'decide-validity', validity, reason });
  }

  @ReviewActionRoute('forward', 'Send it on to the body that must decide it, and tell the applicant (R1.40)')
  forward(
    @Call() call: ActionCall,
    @Body() { destination, reason, cautionRead = false }: ForwardReviewBody,
  ): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'forward', destination, reason, cautionRead });
  }

  @ReviewActionRoute('reconsider', 'Go back to the question whether it is valid')
  reconsider(@Call() call: ActionCall, @Body() { reason }: ReasonBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'reconsider', reason });
  }

  @ReviewActionRoute('return-to-correspondence', 'It is no application: go on with it as an ordinary case')
  returnToCorrespondence(@Call() call: ActionCall, @Body() { category, reason }: ReturnBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'return-to-correspondence', category, reason });
  }

  @ReviewActionRoute('assign-reviewer', 'Name the reviewer')
  assignReviewer(@Call() call: ActionCall, @Body() { reviewer }: ReviewerBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'assign-reviewer', reviewer: reviewer ?? currentCaller().actor.id });
  }

  @ReviewActionRoute('declare-independence', 'Declare that you are independent of the matter, or that you are not')
  declareIndependence(
    @Call() call: ActionCall,
    @Body() { independent, reason = null }: IndependenceBody,
  ): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'declare-independence', independent, reason });
  }

  @ReviewActionRoute('add-party', 'Add somebody who must be told')
  addParty(
    @Call() call: ActionCall,
    @Body() { role, name, email = null, address = null }: PartyBody,
  ): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'add-party', role, name, email, address });
  }

  @ReviewActionRoute('notify-parties', 'Tell the force and parties that a review was asked for (R1.50)')
  notifyParties(
    @Call() call: ActionCall,
    @Body() { authority = false, parties = [] }: NotifyBody,
  ): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'notify-parties', authority, parties });
  }

  @ReviewActionRoute('request-papers', 'Ask the force for papers')
  requestPapers(@Call() call: ActionCall, @Body() { papers }: PapersBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'request-papers', papers });
  }

  @ReviewActionRoute('chase-papers', 'Remind the force of papers')
  chasePapers(@Call() call: ActionCall): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'chase-papers' });
  }

  @ReviewActionRoute('record-papers', 'Record papers that came; the last one starts the clock to decide')
  recordPapers(
    @Call() call: ActionCall,
    @Body() { papers, on, complete = false }: PapersReceivedBody,
  ): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'record-papers', papers, on, complete });
  }

  @ReviewActionRoute('pause', 'Stop the clocks')
  pause(@Call() call: ActionCall, @Body() { because, reason = null }: PauseReviewBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'pause', because, reason });
  }

  @ReviewActionRoute('resume', 'Let the clocks go on')
  resume(@Call() call: ActionCall): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'resume' });
  }

  @ReviewActionRoute('add-allegation', 'Add an allegation of the complaint')
  addAllegation(@Call() call: ActionCall, @Body() { category, text }: AllegationBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'add-allegation', category, text });
  }

  @ReviewActionRoute('record-finding', 'Record the finding on an allegation (R1.61)')
  recordFinding(
    @Call() call: ActionCall,
    @Body() { allegation, finding, reasons, evidence = [] }: FindingBody,
  ): Promise<ReviewAnswer> {
    const where = evidence.map(({ paper, page }) => ({ paper, page: page ?? null }));
    return this.actions.run(call, { do: 'record-finding', allegation, finding, reasons, evidence: where });
  }

  @ReviewActionRoute('note-test', 'Note the reasonable and proportionate test (R1.60)')
  noteTest(
    @Call() call: ActionCall,
    @Body() { complaint, handling, lawAndGuidance, conclusion }: TestNoteBody,
  ): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'note-test', note: { complaint, handling, lawAndGuidance, conclusion } });
  }

  @ReviewActionRoute('submit-for-quality-check', 'Propose an outcome and ask a second person to check it')
  submit(@Call() call: ActionCall, @Body() { outcome, observations = [] }: SubmitReviewBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'submit-for-quality-check', outcome, observations });
  }

  @ReviewActionRoute('pass-quality-check', 'Find it sound, as a second person', 'review:check')
  passQualityCheck(@Call() call: ActionCall): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'pass-quality-check' });
  }

  @ReviewActionRoute('send-back', 'Send it back to the reviewer', 'review:check')
  sendBack(@Call() call: ActionCall, @Body() { reason }: ReasonBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'send-back', reason });
  }

  @ReviewActionRoute('decide', 'Decide, once the quality was checked')
  decide(@Call() call: ActionCall): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'decide' });
  }

  @ReviewActionRoute('issue-decision', 'Issue the decision to everybody who must be told (R1.55)')
  issueDecision(@Call() call: ActionCall, @Body() { letters }: IssueBody): Promise<ReviewAnswer> {
    const sent = letters.map(({ party, documentId, channel }) => ({ party, documentId: documentId ?? null, channel }));
    return this.actions.run(call, { do: 'issue-decision', letters: sent });
  }

  @ReviewActionRoute('withdraw', 'Record that the review or the complaint was withdrawn (R1.90, R1.91)')
  withdraw(@Call() call: ActionCall, @Body() { what, reason = null }: WithdrawBody): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'withdraw', what, reason });
  }

  @ReviewActionRoute('record-judicial-review', 'Record a step of a judicial review')
  recordJudicialReview(
    @Call() call: ActionCall,
    @Body() { step, on, reason = null }: JudicialReviewBody,
  ): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'record-judicial-review', step, on, reason });
  }

  @ReviewActionRoute('close', 'Close it: nothing is left to do')
  close(@Call() call: ActionCall): Promise<ReviewAnswer> {
    return this.actions.run(call, { do: 'close' });
  }
}
