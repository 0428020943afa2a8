import type { Review } from '../../domain/review';
import type { ReviewTools } from '../review-tools';
import type { ActHandlers } from './act-handlers';

type DecidingAct =
  | 'add-allegation'
  | 'record-finding'
  | 'note-test'
  | 'submit-for-quality-check'
  | 'pass-quality-check'
  | 'send-back'
  | 'decide'
  | 'issue-decision'
  | 'record-judicial-review'
  | 'close';

/** From the allegations to the decision, and what comes after it. */
export const DECIDING_ACTS: ActHandlers<DecidingAct> = {
  'add-allegation': async (review, { category, text }, tools) => {
    await tools.settings.requireAllegationCategory(category, review.snapshot().office);
    review.addAllegation(tools.newId(), category, await tools.keep(review, text), tools.now());
  },

  'record-finding': async (review, { allegation, finding, reasons, evidence }, tools) => {
    const words = await tools.keep(review, reasons);
    review.recordFinding(allegation, finding, evidence, words, tools.now());
  },

  'note-test': async (review, { note }, tools) => {
    review.noteTest(await tools.keep(review, JSON.stringify(note)), tools.now());
  },

  'submit-for-quality-check': async (review, { outcome, observations }, tools) => {
    const kept: string[] = [];
    for (const text of observations) kept.push((await tools.keep(review, text)).textId);
    review.submitForQualityCheck(outcome, kept, tools.actor(), tools.now());
  },

  'pass-quality-check': async (review, _act, tools) => {
    review.passQualityCheck(tools.actor(), await touched(review, tools), tools.now());
  },

  'send-back': async (review, { reason }, tools) => {
    review.sendBack(tools.actor(), await tools.keep(review, reason), tools.now());
  },

  decide: async (review, _act, tools) => {
    review.decide(tools.actor(), await touched(review, tools), tools.now());
  },

  'issue-decision': async (review, { letters }, tools) => {
    review.issueDecision(letters, tools.now());
    await tools.answerCase(review);
  },

  'record-judicial-review': async (review, { step, on, reason }, tools) => {
    review.recordJudicialReview(step, on, await tools.keepIfSaid(review, reason), tools.now());
  },

  close: async (review, _act, tools) => {
    review.close(await tools.openRecommendations(review), tools.now());
    await tools.closeCase(review, 'answered');
  },
};

function touched(review: Review, tools: ReviewTools): Promise<boolean> {
  return tools.hasTouched(review, tools.actor());
}
