import { ForwardCase, TriageCase } from '@app/casework';
import type { Review } from '../../domain/review';
import type { Assessment } from '../../domain/review-state';
import type { ReviewTools } from '../review-tools';
import type { ActHandlers } from './act-handlers';

type ApplicationAct =
  | 'record-particulars'
  | 'extend-time'
  | 'decide-validity'
  | 'forward'
  | 'reconsider'
  | 'return-to-correspondence'
  | 'withdraw';

/** PRA 2002, Schedule 3, paragraph 32: the duty to send an application on. */
const FORWARDING_BASIS = 'Police Reform Act 2002, Schedule 3, paragraph 32';

/** What is done about an application before its merits, and when it is taken back. */
export const APPLICATION_ACTS: ActHandlers<ApplicationAct> = {
  'record-particulars': async (review, { particulars }, tools) => {
    const { receivedOn, office } = review.snapshot();
    const { assessment } = await tools.assessments.assess(particulars, receivedOn, office);
    review.recordParticulars(particulars, assessment.rulesVersion, null, tools.now());
  },

  'extend-time': async (review, { reason }, tools) => {
    review.extendTime(tools.actor(), await assess(review, tools), await tools.keep(review, reason), tools.now());
  },

  'decide-validity': async (review, { validity, reason }, tools) => {
    const kept = await tools.keepIfSaid(review, reason);
    review.decideValidity(validity, await assess(review, tools), tools.actor(), kept, tools.now());
  },

  forward: async (review, { destination, reason, cautionRead }, tools) => {
    const { reference, receivedOn } = review.snapshot();
    const kept = await tools.keep(review, reason);
    review.forward(destination, receivedOn, await assess(review, tools), kept, tools.now());
    const input = {
      destination,
      reason,
      lawfulBasis: FORWARDING_BASIS,
      consent: false,
      notifySender: true,
      cautionRead,
    };
    await tools.commands.execute(new ForwardCase({ reference, ifVersion: null }, input));
    await tools.closeCase(review, 'forwarded');
  },

  reconsider: async (review, { reason }, tools) => {
    review.reconsider(await tools.keep(review, reason), await tools.settings.counter(), tools.now());
    await tools.reopenCase(review, reason);
  },

  'return-to-correspondence': async (review, { category, reason }, tools) => {
    review.returnToCorrespondence(await tools.keep(review, reason), tools.now());
    const input = { category, priority: null, queue: null, reason };
    await tools.commands.execute(new TriageCase({ reference: review.snapshot().reference, ifVersion: null }, input));
  },

  withdraw: async (review, { what, reason }, tools) => {
    review.withdraw(what, await tools.keepIfSaid(review, reason), tools.now());
    // R1.90: the force records that a complaint was withdrawn; it learns of it from us.
    if (what === 'complaint') await tools.letters.toForce('review-complaint-withdrawn', review.snapshot());
    await tools.closeCase(review, 'withdrawn');
  },
};

async function assess(review: Review, tools: ReviewTools): Promise<Assessment> {
  const { particulars, receivedOn, office } = review.snapshot();
  return (await tools.assessments.assess(particulars, receivedOn, office)).assessment;
}
