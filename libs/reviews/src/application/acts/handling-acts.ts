import { AllocateCase } from '@app/casework';
import type { ActHandlers } from './act-handlers';

type HandlingAct =
  | 'assign-reviewer'
  | 'declare-independence'
  | 'add-party'
  | 'notify-parties'
  | 'request-papers'
  | 'chase-papers'
  | 'record-papers'
  | 'pause'
  | 'resume';

/** Who works on a review, who is told of it, its papers and its time. */
export const HANDLING_ACTS: ActHandlers<HandlingAct> = {
  'assign-reviewer': async (review, { reviewer }, tools) => {
    await tools.requirePerson(reviewer, review.snapshot().office);
    review.assign(reviewer, await tools.hasTouched(review, reviewer), tools.now());
    await tools.commands.execute(
      new AllocateCase({ reference: review.snapshot().reference, ifVersion: null }, reviewer),
    );
  },

  'declare-independence': async (review, { independent, reason }, tools) => {
    review.declareIndependence(tools.actor(), independent, await tools.keepIfSaid(review, reason), tools.now());
  },

  'add-party': async (review, { role, name, email, address }, tools) => {
    const id = tools.newId();
    review.addParty(id, role, tools.now());
    await tools.addParty(review, { id, role, name, email, address });
  },

  'notify-parties': async (review, { authority, parties }, tools) => {
    review.notifyParties(authority, parties, tools.now());
    if (authority) await tools.letters.toForce('review-notice-to-force', review.snapshot());
    for (const party of parties) await tools.letters.toParty('review-notice-to-party', review.snapshot(), party);
  },

  'request-papers': async (review, { papers }, tools) => {
    const { office } = review.snapshot();
    await tools.settings.requirePapers(papers, office);
    const policy = await tools.settings.policy('papers', office);
    review.requestPapers(papers, policy, await tools.settings.counter(), tools.now());
    await tools.letters.toForce('review-papers-request', review.snapshot());
  },

  'chase-papers': async (review, _act, tools) => {
    review.chasePapers(tools.now());
    await tools.letters.toForce('review-papers-chaser', review.snapshot());
  },

  'record-papers': async (review, { papers, on, complete }, tools) => {
    const { office } = review.snapshot();
    await tools.settings.requirePapers(papers, office);
    const policy = await tools.settings.policy('decide', office);
    review.recordPapers(papers, on, complete, policy, await tools.settings.counter(), tools.now());
  },

  pause: async (review, { because, reason }, tools) => {
    const kept = await tools.keepIfSaid(review, reason);
    review.pause(because, kept, await tools.settings.counter(), tools.now());
  },

  resume: async (review, _act, tools) => {
    review.resume(await tools.settings.counter(), tools.now());
  },
};
