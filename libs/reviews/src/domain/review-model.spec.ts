import fc from 'fast-check';
import { addDays, daysBetween, defaultPolicy, startOfLondonDay, type DeadlinePolicy, type Pause } from '@app/kernel';
import type { Validity } from './eligibility/validity';
import { Review } from './review';
import { NO_PARTICULARS, type Assessment, type PauseReason } from './review-state';

/**
 * Random acts on a review against a model that knows nothing of the code: a stage, what was done, and days. What the
 * model forbids must be refused and change nothing; what it allows must lead where the model says.
 */

const START = '2026-01-05';
const PAPERS = 10;
const DECIDE = 28;
const ALL_PAPERS = ['complaint-record', 'outcome-letter'];
const VALID: Assessment = {
  validity: 'valid',
  obstacles: [],
  relevantBody: 'local-policing-body',
  inTime: true,
  lastDay: null,
  madeOn: START,
  rulesVersion: 'reviews-2025',
};
const LATE: Assessment = { ...VALID, validity: 'out-of-time', obstacles: ['out-of-time'], inTime: false };
const policy = (count: number): DeadlinePolicy => defaultPolicy('calendar-days', count, 'england-and-wales');

/** Calendar days, each paused day pushing the end one on; written anew so that the model does not share the kernel's. */
function due(from: string, count: number, pauses: readonly Pause[]): string | null {
  let day = from;
  for (let counted = 0; counted < count;) {
    day = addDays(day, 1);
    const at = day;
    const pause = pauses.find((each) => each.from <= at && (each.to === null || at < each.to));
    if (pause?.to === null) return null;
    if (!pause) counted += 1;
  }
  return day;
}
const counter = {
  calendarVersion: 1,
  dueOn: (wanted: DeadlinePolicy, from: string, pauses: readonly Pause[]) => due(from, wanted.count, pauses),
};

interface Model {
  today: string;
  stage: string;
  late: boolean;
  extended: boolean;
  notified: boolean;
  reviewer: string | null;
  independent: Map<string, boolean>;
  requested: string[];
  received: string[];
  papersFrom: string | null;
  papersMet: string | null;
  decideFrom: string | null;
  decideMet: string | null;
  pauses: { from: string; to: string | null; because: PauseReason }[];
  allegations: Map<string, string | null>;
  test: boolean;
  outcome: string | null;
  submittedBy: string | null;
}

const HANDLING = ['valid', 'papers-requested', 'papers-received', 'in-review'];
const RUNNING = ['received', ...HANDLING, 'quality-check', 'checked'];
const people = ['ann', 'bea'];

type Step =
  | { do: 'wait'; days: number }
  | { do: 'pause'; because: PauseReason }
  | { do: 'papers-received'; papers: string[]; complete: boolean }
  | { do: 'finding'; upheld: boolean }
  | { do: 'submit'; outcome: 'upheld' | 'not-upheld'; by: string }
  | { do: 'declare'; person: string; independent: boolean }
  | { do: 'assign' | 'check' | 'decide'; person: string; touched: boolean }
  | { do: 'valid' | 'invalid' | 'extend' | 'notify' | 'request' | 'chase' | 'resume' | 'allegation' | 'test' }
  | { do: 'send-back' | 'issue' | 'withdraw' | 'close' | 'reconsider' | 'return' | 'forward' };

const person = fc.constantFrom(...people);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('pause' as const),
      because: fc.constantFrom<PauseReason>('waiting-on-force', 'criminal-proceedings'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('papers-received' as const),
      papers: fc.subarray(ALL_PAPERS),
      complete: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('finding' as const), upheld: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      outcome: fc.constantFrom('upheld' as const, 'not-upheld' as const),
      by: person,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('declare' as const),
      person,
      independent: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('assign' as const, 'check' as const, 'decide' as const),
      person,
      touched: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'valid' as const,
        'valid' as const,
        'extend' as const,
        'notify' as const,
        'request' as const,
        'chase' as const,
        'resume' as const,
        'allegation' as const,
        'test' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'send-back' as const,
        'issue' as const,
        'close' as const,
        'reconsider' as const,
        'invalid' as const,
        'withdraw' as const,
        'return' as const,
        'forward' as const,
      ),
    }),
  },
);

/** What the model makes of a step: true where it is allowed, the model then being changed. */
function apply(m: Model, s: Step): boolean {
  const handling = HANDLING.includes(m.stage);
  const running = RUNNING.includes(m.stage);
  const open = m.pauses.find(({ to }) => to === null);
  const end = (stage: string): boolean => {
    m.stage = stage;
    if (open) open.to = m.today;
    if (m.papersFrom !== null) m.papersMet ??= m.today;
    if (m.decideFrom !== null) m.decideMet ??= m.today;
    return true;
  };
  switch (s.do) {
    case 'wait':
      m.today = addDays(m.today, s.days);
      return true;
    case 'extend':
      if (m.stage !== 'received' || !m.late) return false;
      return (m.extended = true);
    case 'valid':
      if (m.stage !== 'received' || (m.late && !m.extended)) return false;
      m.stage =
        m.decideFrom !== null
          ? [...m.allegations.values()].some((found) => found !== null)
            ? 'in-review'
            : 'papers-received'
          : m.papersFrom !== null
            ? 'papers-requested'
            : 'valid';
      return true;
    case 'invalid':
      return m.stage === 'received' && m.late && end('invalid');
    case 'forward':
      return ['received', 'valid', 'papers-requested', 'papers-received'].includes(m.stage) && end('forwarded');
    case 'return':
      return m.stage === 'received' && end('returned');
    case 'withdraw':
      return running && end('withdrawn');
    case 'reconsider': {
      const from = ['invalid', 'forwarded', 'withdrawn', 'returned', 'valid', 'papers-requested', 'papers-received'];
      if (!from.includes(m.stage)) return false;
      m.stage = 'received';
      m.decideMet = null;
      if (m.decideFrom === null) m.papersMet = null;
      return true;
    }
    case 'declare':
      if (!running && m.stage !== 'decided') return false;
      m.independent.set(s.person, s.independent);
      if (!s.independent && m.reviewer === s.person) m.reviewer = null;
      return true;
    case 'assign':
      if (!running && m.stage !== 'decided') return false;
      if (s.touched || m.independent.get(s.person) === false) return false;
      m.reviewer = s.person;
      return true;
    case 'notify':
      if (!handling && m.stage !== 'received') return false;
      return (m.notified = true);
    case 'request': {
      const more = ALL_PAPERS.filter((paper) => !m.requested.includes(paper));
      if (!handling || more.length === 0) return false;
      m.requested = [...ALL_PAPERS];
      if (m.papersFrom === null) m.papersFrom = m.today;
      if (m.stage === 'valid') m.stage = 'papers-requested';
      return true;
    }
    case 'chase':
      return handling && m.requested.some((paper) => !m.received.includes(paper));
    case 'papers-received': {
      if (!handling) return false;
      for (const list of [m.requested, m.received])
        for (const paper of s.papers) if (!list.includes(paper)) list.push(paper);
      const all = m.requested.length > 0 && m.requested.every((paper) => m.received.includes(paper));
      if ((all || s.complete) && m.decideFrom === null) {
        m.decideFrom = m.today;
        if (m.papersFrom !== null) m.papersMet ??= m.today;
        if (m.stage !== 'in-review') m.stage = 'papers-received';
      }
      return true;
    }
    case 'pause':
      if (!running || open) return false;
      m.pauses.push({ from: m.today, to: null, because: s.because });
      return true;
    case 'resume':
      if (!running || !open) return false;
      open.to = m.today;
      return true;
    case 'allegation':
      if (!handling) return false;
      m.allegations.set(`a${String(m.allegations.size)}`, null);
      return true;
    case 'finding': {
      const [first] = [...m.allegations].find(([, found]) => found === null) ?? [...m.allegations][0] ?? [];
      if (!['papers-received', 'in-review'].includes(m.stage) || first === undefined) return false;
      m.allegations.set(first, s.upheld ? 'no' : 'yes');
      m.stage = 'in-review';
      return true;
    }
    case 'test':
      return handling && (m.test = true);
    case 'submit': {
      const findings = [...m.allegations.values()];
      const complete =
        m.reviewer !== null &&
        m.independent.get(m.reviewer) === true &&
        m.notified &&
        m.test &&
        findings.length > 0 &&
        !findings.includes(null) &&
        (s.outcome === 'upheld') === findings.includes('no');
      if (m.stage !== 'in-review' || !complete) return false;
      Object.assign(m, { stage: 'quality-check', outcome: s.outcome, submittedBy: s.by });
      return true;
    }
    case 'check':
      if (m.stage !== 'quality-check' || s.person === m.submittedBy || s.person === m.reviewer) return false;
      if (s.touched || m.independent.get(s.person) === false) return false;
      m.stage = 'checked';
      return true;
    case 'send-back':
      if (m.stage !== 'quality-check' && m.stage !== 'checked') return false;
      Object.assign(m, { stage: 'in-review', outcome: null });
      return true;
    case 'decide':
      if (m.stage !== 'checked' || s.touched || m.independent.get(s.person) === false) return false;
      return end('decided');
    case 'issue':
      if (m.stage !== 'decided') return false;
      m.stage = 'issued';
      return true;
    case 'close':
      if (m.stage !== 'issued' && m.stage !== 'invalid') return false;
      m.stage = 'closed';
      return true;
  }
}

function act(review: Review, s: Step, m: Model): void {
  const now = new Date(startOfLondonDay(m.today).getTime() + 12 * 3_600_000);
  const words = { textId: 't', textCommitment: 'c' };
  const assessment = m.late ? LATE : VALID;
  const { allegations } = review.snapshot();
  switch (s.do) {
    case 'wait':
      return;
    case 'extend':
      return review.extendTime('ann', assessment, words, now);
    case 'valid':
      return review.decideValidity('valid', assessment, 'ann', null, now);
    case 'invalid':
      return review.decideValidity('out-of-time' satisfies Validity, assessment, 'ann', null, now);
    case 'forward':
      return review.forward('iopc', START, assessment, words, now);
    case 'return':
      return review.returnToCorrespondence(words, now);
    case 'withdraw':
      return review.withdraw('review', null, now);
    case 'reconsider':
      return review.reconsider(words, counter, now);
    case 'declare':
      return review.declareIndependence(s.person, s.independent, words, now);
    case 'assign':
      return review.assign(s.person, s.touched, now);
    case 'notify':
      return review.notifyParties(true, [], now);
    case 'request':
      return review.requestPapers(ALL_PAPERS, policy(PAPERS), counter, now);
    case 'chase':
      return review.chasePapers(now);
    case 'papers-received':
      return review.recordPapers(s.papers, m.today, s.complete, policy(DECIDE), counter, now);
    case 'pause':
      return review.pause(s.because, null, counter, now);
    case 'resume':
      return review.resume(counter, now);
    case 'allegation':
      return review.addAllegation(`a${String(allegations.length)}`, 'other', words, now);
    case 'finding': {
      const id = (allegations.find(({ finding }) => finding === null) ?? allegations[0])?.id ?? 'none';
      const finding = s.upheld ? 'not-reasonable-and-proportionate' : 'reasonable-and-proportionate';
      return review.recordFinding(id, finding, [], words, now);
    }
    case 'test':
      return review.noteTest(words, now);
    case 'submit':
      return review.submitForQualityCheck(s.outcome, [], s.by, now);
    case 'check':
      return review.passQualityCheck(s.person, s.touched, now);
    case 'send-back':
      return review.sendBack('bea', words, now);
    case 'decide':
      return review.decide(s.person, s.touched, now);
    case 'issue': {
      const letters = ['applicant', 'authority'].map((party) => ({
        party,
        documentId: null,
        channel: 'letter' as const,
      }));
      return review.issueDecision(letters, now);
    }
    case 'close':
      return review.close(0, now);
  }
}

describe('A review under random acts', () => {
  it('is at the stage, with the clocks and pauses, that a simple model says, after every act', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { minLength: 5, maxLength: 120 }), (late, steps) => {
        const opening = { id: 'r', office: 'west-mercia', reference: 'WM', receivedOn: START };
        const review = Review.open({ ...opening, particulars: NO_PARTICULARS, grounds: null }, new Date());
        let events = review.releaseEvents().length;
        const m: Model = {
          today: START,
          stage: 'received',
          late,
          extended: false,
          notified: false,
          reviewer: null,
          independent: new Map(),
          requested: [],
          received: [],
          papersFrom: null,
          papersMet: null,
          decideFrom: null,
          decideMet: null,
          pauses: [],
          allegations: new Map(),
          test: false,
          outcome: null,
          submittedBy: null,
        };
        for (const each of steps) {
          const before = review.snapshot();
          const wanted = structuredClone(m);
          const isAllowed = apply(wanted, each);
          let isRefused = false;
          try {
            act(review, each, m);
          } catch {
            isRefused = true;
          }
          expect({ each, stage: before.stage, isRefused }).toEqual({
            each,
            stage: before.stage,
            isRefused: !isAllowed,
          });
          if (isRefused) {
            expect(review.snapshot()).toBe(before);
            continue;
          }
          Object.assign(m, wanted);
          check(review, m);
          events += review.releaseEvents().length;
          expect(review.snapshot().version).toBe(events);
          reached.add(m.stage);
        }
      }),
      { numRuns: 250, seed: 20261122 },
    );
    // A property that never gets past the first stage would prove nothing.
    expect([...reached]).toEqual(
      expect.arrayContaining(['in-review', 'invalid', 'forwarded', 'withdrawn', 'returned']),
    );
  });

  it('runs on where it stood when it is taken up again after its end', () => {
    const opening = { id: 'r', office: 'west-mercia', reference: 'WM', receivedOn: START };
    const review = Review.open({ ...opening, particulars: NO_PARTICULARS, grounds: null }, new Date());
    const on = (day: string, ...steps: Step[]): void => {
      for (const each of steps) act(review, each, { today: day, late: false } as Model);
    };
    on(START, { do: 'valid' }, { do: 'request' });
    on('2026-01-07', { do: 'pause', because: 'criminal-proceedings' });
    on('2026-01-09', { do: 'withdraw' });
    on('2026-01-20', { do: 'reconsider' }, { do: 'valid' });
    const { stage, clocks } = review.snapshot();
    expect(stage).toBe('papers-requested');
    expect(clocks).toEqual([expect.objectContaining({ metOn: null, dueOn: '2026-01-17' })]);
  });

  it('can reach its end', () => {
    const steps: Step[] = [
      { do: 'valid' },
      { do: 'assign', person: 'ann', touched: false },
      { do: 'declare', person: 'ann', independent: true },
      { do: 'notify' },
      { do: 'request' },
      { do: 'papers-received', papers: ALL_PAPERS, complete: false },
      { do: 'allegation' },
      { do: 'finding', upheld: false },
      { do: 'test' },
      { do: 'submit', outcome: 'not-upheld', by: 'ann' },
      { do: 'check', person: 'bea', touched: false },
      { do: 'decide', person: 'ann', touched: false },
      { do: 'issue' },
      { do: 'close' },
    ];
    const opening = { id: 'r', office: 'west-mercia', reference: 'WM', receivedOn: START };
    const review = Review.open({ ...opening, particulars: NO_PARTICULARS, grounds: null }, new Date());
    for (const each of steps) act(review, each, { today: START, late: false } as Model);
    expect(review.snapshot().stage).toBe('closed');
  });
});

function check(review: Review, m: Model): void {
  const state = review.snapshot();
  expect(state.stage).toBe(m.stage);
  expect(state.reviewer).toBe(m.reviewer);
  expect(state.pauses.map(({ from, to, because }) => ({ from, to, because }))).toEqual(m.pauses);
  const spans = (force: boolean): Pause[] => m.pauses.filter(({ because }) => force || because !== 'waiting-on-force');
  const clock = (name: string): unknown => state.clocks.find((each) => each.name === name);
  const running: [string, string | null, string | null, number, boolean][] = [
    ['papers', m.papersFrom, m.papersMet, PAPERS, false],
    ['decide', m.decideFrom, m.decideMet, DECIDE, true],
  ];
  for (const [name, from, metOn, count, force] of running) {
    if (from === null) expect(clock(name)).toBeUndefined();
    else if (metOn === null) {
      expect(clock(name)).toMatchObject({ fromDay: from, metOn: null, dueOn: due(from, count, spans(force)) });
      expect(daysBetween(from, due(from, count, spans(force)) ?? from)).toBeGreaterThanOrEqual(0);
    } else expect(clock(name)).toMatchObject({ fromDay: from, metOn });
  }
}
