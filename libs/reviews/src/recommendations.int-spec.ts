import { randomUUID } from 'node:crypto';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { CompositionModule } from '@app/composition';
import { CorrespondenceLog } from '@app/intake';
import { Clock } from '@app/kernel';
import { UnitOfWork, readConfig, runAs, systemCaller, type Caller } from '@app/platform';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { ActOnRecommendation, type RecommendationAct } from './application/commands/act-on-recommendation';
import { ActOnReview } from './application/commands/act-on-review';
import { MakeRecommendation } from './application/commands/make-recommendation';
import { NoteLearningFeedback } from './application/commands/note-learning-feedback';
import { OpenReview } from './application/commands/open-review';
import { SuggestLearning } from './application/commands/suggest-learning';
import { GetReviewRecommendations } from './application/queries/get-review-recommendations';
import { ListRecommendations, type RecommendationPlace } from './application/queries/list-recommendations';
import type { RecommendationView } from './application/queries/recommendation-view';
import type { ReviewAct } from './application/review-act';
import { RecommendationNotFound } from './domain/recommendation.errors';
import { NO_PARTICULARS } from './domain/review-state';
import { InvalidReviewInput, ReviewNotFound, ReviewRuleRefused } from './domain/review.errors';

class SettableClock extends Clock {
  instant = new Date('2026-03-02T10:00:00Z');
  now(): Date {
    return this.instant;
  }
}

const clock = new SettableClock();

function somebody(id: string, ...offices: string[]): Caller {
  const of = systemCaller('test');
  return { ...of, actor: { kind: 'person', id }, role: 'review-manager', offices, system: false };
}

const REVIEWER = somebody('reviewer', 'west-mercia', 'warwickshire');
const CHECKER = somebody('checker', 'west-mercia');
const ELSEWHERE = somebody('elsewhere', 'staffordshire');

describe('recommendations', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let commands: CommandBus;
  let queries: QueryBus;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await Test.createTestingModule({
      imports: [
        CompositionModule.register({
          config: readConfig({}),
          databaseUrl: database.url,
          onError: () => undefined,
          pools: { system: 3, requests: 3 },
          queuePrefix: randomUUID(),
        }),
      ],
    })
      .overrideProvider(Clock)
      .useValue(clock)
      .compile();
    await app.init();
    commands = app.get(CommandBus);
    queries = app.get(QueryBus);
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  beforeEach(() => {
    clock.instant = new Date('2026-03-02T10:00:00Z');
  });

  const act = (reference: string, what: ReviewAct, by: Caller = REVIEWER): Promise<string> =>
    runAs(by, () => commands.execute(new ActOnReview({ reference, ifVersion: null }, what)));

  const actOn = (reference: string, id: string, what: RecommendationAct, by: Caller = REVIEWER): Promise<string> =>
    runAs(by, () => commands.execute(new ActOnRecommendation({ reference, id, ifVersion: null }, what)));

  const make = (reference: string, type = 'remedy'): Promise<string> =>
    runAs(REVIEWER, () =>
      commands.execute(new MakeRecommendation(reference, { type, text: 'Explain the grading.', allegation: null })),
    );

  const seen = async (reference: string, id: string): Promise<RecommendationView> => {
    const { recommendations } = await runAs(REVIEWER, () => queries.execute(new GetReviewRecommendations(reference)));
    const found = recommendations.find(({ state }) => state.id === id);
    if (!found) throw new Error('not there');
    return found;
  };

  async function openReview(): Promise<string> {
    const { response } = await runAs(REVIEWER, () =>
      app.get(CorrespondenceLog).log({
        source: 'api',
        channel: 'letter',
        receivedAt: new Date('2026-02-02T09:00:00Z'),
        subject: 'A review, please',
        body: 'I ask for a review.',
        correspondent: {
          name: 'Asha Ferris',
          email: null,
          phone: null,
          postcode: null,
          organisation: null,
          capacity: null,
        },
        attachments: [],
        office: 'west-mercia',
        caller: REVIEWER,
        idempotency: null,
      }),
    );
    const reference = response.reference as string;
    const particulars = {
      ...NO_PARTICULARS,
      force: 'west-mercia',
      recordedUnderSchedule3: true,
      handling: 'otherwise-than-by-investigation' as const,
      finalised: true,
      applicant: 'complainant' as const,
      bodyTests: {
        authorityIsLocalPolicingBody: 'no' as const,
        seniorOfficer: 'no' as const,
        cannotExcludeSeriousMatter: 'no' as const,
        referredOrMustBe: 'no' as const,
        treatedAsReferred: 'no' as const,
        sameIncident: 'no' as const,
        anyPart: 'no' as const,
      },
    };
    await runAs(REVIEWER, () =>
      commands.execute(new OpenReview({ reference, ifVersion: null }, particulars, null, 'It asks for one.')),
    );
    return reference;
  }

  async function upheld(): Promise<string> {
    const reference = await openReview();
    await act(reference, { do: 'decide-validity', validity: 'valid', reason: 'Enough is known.' });
    await act(reference, { do: 'assign-reviewer', reviewer: 'reviewer' });
    await act(reference, { do: 'declare-independence', independent: true, reason: null });
    await act(reference, { do: 'notify-parties', authority: true, parties: [] });
    await act(reference, { do: 'request-papers', papers: ['outcome-letter'] });
    await act(reference, { do: 'record-papers', papers: [], on: '2026-03-02', complete: true });
    await act(reference, { do: 'add-allegation', category: 'other', text: 'Nobody came.' });
    const state = await allegationOf(reference);
    await act(reference, {
      do: 'record-finding',
      allegation: state,
      finding: 'not-reasonable-and-proportionate',
      reasons: 'The log was not looked at.',
      evidence: [],
    });
    const note = { complaint: 'a', handling: 'b', lawAndGuidance: 'c', conclusion: 'd' };
    await act(reference, { do: 'note-test', note });
    await act(reference, { do: 'submit-for-quality-check', outcome: 'upheld', observations: [] });
    await act(reference, { do: 'pass-quality-check' }, CHECKER);
    await act(reference, { do: 'decide' });
    return reference;
  }

  async function allegationOf(reference: string): Promise<string> {
    const { allegations } = await runAs(REVIEWER, () => queries.execute(new GetReviewRecommendations(reference)));
    return String(allegations[0]?.key);
  }

  it('follows one from the upheld review to its implementation, and only then is the review closed', async () => {
    const reference = await upheld();
    await expect(make(reference, 'case-to-answer')).rejects.toThrow(InvalidReviewInput);
    const id = await make(reference);
    expect(await seen(reference, id)).toMatchObject({
      text: 'Explain the grading.',
      status: 'awaiting-response',
      responseDueOn: '2026-03-30',
      isOverdue: false,
    });
    const letters = ['applicant', 'authority'].map((party) => ({
      party,
      documentId: null,
      channel: 'letter' as const,
    }));
    await act(reference, { do: 'issue-decision', letters });
    await expect(act(reference, { do: 'close' })).rejects.toThrow(ReviewRuleRefused);

    clock.instant = new Date('2026-03-31T10:00:00Z');
    expect((await seen(reference, id)).isOverdue).toBe(true);
    await actOn(reference, id, { do: 'chase' });
    const [letter] = await runAs(systemCaller('test'), () =>
      app
        .get(UnitOfWork)
        .run((manager): Promise<{ subject: string; body: string }[]> =>
          manager.query(
            `SELECT subject, body FROM outgoing_message WHERE subject LIKE 'Response to a recommendation%'`,
          ),
        ),
    );
    expect(letter?.body).toContain('Explain the grading.');
    expect(letter?.body).toContain('Monday 30 March 2026');
    await actOn(reference, id, { do: 'extend', to: '2026-04-10', reason: 'Leave.' });
    await actOn(reference, id, {
      do: 'record-response',
      response: 'part',
      on: '2026-03-31',
      text: 'We will explain.',
      sentToApplicantOn: '2026-03-31',
    });
    await expect(act(reference, { do: 'close' })).rejects.toThrow(ReviewRuleRefused);
    await actOn(reference, id, { do: 'record-implementation', on: '2026-03-31', evidence: 'A letter of 31 March.' });
    expect(await seen(reference, id)).toMatchObject({ status: 'implemented', evidence: 'A letter of 31 March.' });
    await act(reference, { do: 'close' });
  });

  it('lists what is overdue first, page by page, and to nobody of another office', async () => {
    const reference = await upheld();
    const overdue = await make(reference);
    clock.instant = new Date('2026-03-10T10:00:00Z');
    const waiting = await make(reference, 'investigate');
    const rejected = await make(reference);
    await actOn(reference, rejected, {
      do: 'record-response',
      response: 'rejected',
      on: '2026-03-10',
      text: 'No.',
      sentToApplicantOn: null,
    });
    clock.instant = new Date('2026-04-01T10:00:00Z');
    const filter = { offices: ['west-mercia'], status: null, force: null, from: '2026-03-02', to: '2026-03-10' };
    const found: string[] = [];
    let place: RecommendationPlace | null = null;
    do {
      const page = await runAs(REVIEWER, () => queries.execute(new ListRecommendations(filter, 1, place)));
      found.push(...page.items.map(({ id }) => id));
      place = page.next;
    } while (place !== null);
    const own = found.filter((id) => [overdue, waiting, rejected].includes(id));
    expect(own).toEqual([overdue, waiting, rejected]);
    const open = await runAs(REVIEWER, () =>
      queries.execute(new ListRecommendations({ ...filter, status: 'overdue' }, 10)),
    );
    expect([open.items.map(({ id }) => id), open.overdue]).toEqual([[overdue], 1]);
    const other = await runAs(ELSEWHERE, () => queries.execute(new ListRecommendations(filter, 10)));
    expect(other.total).toBe(0);
    await expect(actOn(reference, overdue, { do: 'chase' }, ELSEWHERE)).rejects.toThrow(ReviewNotFound);
    await expect(actOn(await openReview(), overdue, { do: 'chase' })).rejects.toThrow(RecommendationNotFound);
  });

  it('R1.70 notes what the force says to learning that was suggested', async () => {
    const reference = await openReview();
    const input = { theme: 'timeliness', text: 'Say when the answer will come.' };
    const suggest = (): Promise<string> =>
      runAs(REVIEWER, () => commands.execute(new SuggestLearning(reference, input)));
    await expect(suggest()).rejects.toThrow(ReviewRuleRefused);
    await act(reference, { do: 'decide-validity', validity: 'valid', reason: 'Enough is known.' });
    const id = await suggest();
    await runAs(REVIEWER, () =>
      commands.execute(new NoteLearningFeedback({ reference, id }, { on: '2026-03-02', text: 'Briefed.' })),
    );
    const { learning } = await runAs(REVIEWER, () => queries.execute(new GetReviewRecommendations(reference)));
    expect(learning).toMatchObject([
      { id, themeName: 'Timeliness', text: input.text, feedback: [{ on: '2026-03-02', text: 'Briefed.' }] },
    ]);
  });
});
