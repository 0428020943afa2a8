import { createHash } from 'node:crypto';
import { addDays, commitment, londonDate, startOfLondonDay, type HolidayCalendar } from '@app/kernel';
import { byteaText, systemCaller, type Caller, type PastLog } from '@app/platform';
import { DueDays } from '../../domain/due-days';
import { ForceMeeting } from '../../domain/force/force-meeting';
import { OversightAction } from '../../domain/force/oversight-action';
import { Investigation } from '../../domain/notices/investigation';
import type { ChainRule } from '../../domain/notices/notice-chain';
import { PanelNumbers } from '../../domain/panel/panel-numbers';
import { DipSample } from '../../domain/samples/dip-sample';
import { populationHash, readPopulation } from '../../domain/samples/population';
import type { ScoringSheet } from '../../domain/samples/scoring';
import { recordStream, type KeptText, type ScrutinyRecord } from '../../domain/scrutiny-record';
import { DEMONSTRATION_WORDS } from './demonstration-words';

export interface ScrutinyPastPlan {
  readonly from: string;
  readonly end: Date;
  readonly calendar: HolidayCalendar;
  readonly rule: ChainRule;
  readonly sheet: ScoringSheet;
  readonly measures: readonly string[];
  readonly offices: readonly ScrutinyOffice[];
  /** From 0 to 1, the same every time. */
  readonly random: () => number;
}

export interface ScrutinyOffice {
  readonly office: string;
  readonly reviewManager: string;
  /** Who gives second scores; null where nobody else may. */
  readonly second: string | null;
}

/** Something that happens at an instant of the history; to be planned among everything else that happens. */
export interface PastMoment {
  readonly at: Date;
  readonly happens: () => void;
}

export interface ScrutinyPast {
  readonly moments: readonly PastMoment[];
  /** Writes the records as they then stand; after the last moment. */
  readonly finish: () => void;
}

type AnyRecord = ScrutinyRecord<object>;
const MONTH = 30;
const FILES_CLOSED = 140;

/** Two years of oversight in each office: chains of notices, two dip samples a year, the panel's numbers, meetings. */
export function demonstrationScrutiny(log: PastLog, plan: ScrutinyPastPlan): ScrutinyPast {
  const past = new OfficePasts(log, plan);
  for (const [index, office] of plan.offices.entries()) past.plan(office, index);
  return { moments: past.moments, finish: () => past.finish() };
}

class OfficePasts {
  readonly moments: PastMoment[] = [];
  readonly #records: AnyRecord[] = [];
  readonly #populations: { readonly id: string; readonly office: string; readonly references: readonly string[] }[] =
    [];
  readonly #due: DueDays;
  readonly #lastDay: string;
  #salts = 0;

  constructor(
    private readonly log: PastLog,
    private readonly asked: ScrutinyPastPlan,
  ) {
    this.#due = new DueDays(asked.calendar);
    this.#lastDay = londonDate(asked.end);
  }

  plan(office: ScrutinyOffice, index: number): void {
    this.planInvestigations(office, index);
    for (let day = addDays(this.asked.from, 60); day < this.#lastDay; day = addDays(day, 182))
      this.planSample(office, day);
    for (let day = this.asked.from; addDays(day, 91) <= this.#lastDay; day = addDays(day, 91))
      this.planQuarter(office, day);
    this.planActions(office, index);
  }

  finish(): void {
    const begun = this.#records.filter(({ hasBegun }) => hasBegun);
    for (const record of begun) {
      const { caseId, reference, dueOn, isOpen, listedOn } = record.line();
      this.log.rows.add('scrutiny_record', {
        ...{ id: record.id, kind: record.kind, office: record.office, case_id: caseId, reference },
        ...{ version: this.#versions.get(record.id) ?? 0, state: record.state },
        ...{ due_on: dueOn, is_open: isOpen, listed_on: listedOn },
      });
    }
    for (const { id, office, references } of this.#populations) {
      if (!begun.some((record) => record.id === id)) continue;
      for (const [at, reference] of references.entries())
        this.log.rows.add('dip_sample_population', { sample_id: id, place: at + 1, office, reference, case_id: null });
    }
  }

  readonly #versions = new Map<string, number>();

  /** Investigations of the force: most notices come in time, some late, and one is waited for when the newcomer arrives. */
  private planInvestigations({ office, reviewManager }: ScrutinyOffice, index: number): void {
    const { from, rule } = this.asked;
    for (let number = 0; number < 9 + index; number++) {
      const isWaitedFor = number === 0;
      const start = isWaitedFor ? addDays(this.#lastDay, -556) : addDays(from, this.int(-540, 330));
      const record = this.add(new Investigation(this.log.newId(), office, 0, null));
      const reference = `CO/${String(700 + 37 * index + 11 * number)}/${start.slice(2, 4)}`;
      const length = isWaitedFor ? 3000 : this.int(380, 1100);
      const finalisedOn = addDays(start, length);
      let step = 0;
      let last = start;
      for (;;) {
        const dueOn = this.#due.months(start, rule.firstMonths + step * rule.everyMonths).dueOn;
        if (dueOn >= finalisedOn || dueOn > this.#lastDay || (isWaitedFor && step === 1)) break;
        step += 1;
        const receivedOn = this.working(addDays(dueOn, this.random() < 0.72 ? -this.int(0, 9) : this.int(1, 24)));
        if (receivedOn < from || receivedOn <= last || receivedOn > finalisedOn) continue;
        last = receivedOn;
        this.act(record, receivedOn, reviewManager, (at, keep) => {
          const today = receivedOn;
          if (!record.hasBegun) record.enter({ reference, startedOn: start }, rule, today, at, this.#due);
          const expectedEnd = addDays(receivedOn, this.int(30, 170));
          const reasons = keep(this.pick(DEMONSTRATION_WORDS.reasons));
          record.receive({ receivedOn, caseId: null, expectedEnd, reasons }, today, at, this.#due);
        });
      }
      const over = this.working(finalisedOn);
      if (over > last && over <= this.#lastDay && last > start)
        this.act(record, over, reviewManager, (at) => record.finalise(over, over, at));
    }
  }

  private planSample(scope: ScrutinyOffice, day: string): void {
    const { office, reviewManager, second } = scope;
    const drawn = this.working(day);
    const record = this.add(new DipSample(this.log.newId(), office, 0, null));
    const year = drawn.slice(2, 4);
    const entries = Array.from(
      { length: FILES_CLOSED },
      (_, n) => `CO/${String(1000 + n * 3 + this.int(0, 2))}/${year}`,
    );
    const { references } = readPopulation(entries);
    this.#populations.push({ id: record.id, office, references });
    const half = drawn.slice(5, 7) < '07' ? 'the second half of the year before' : `January to June 20${year}`;
    this.act(record, drawn, reviewManager, (at, keep) => {
      const facts = { populationSize: references.length, populationHash: populationHash(references), size: 12 };
      const source = { source: 'force-list', caseKind: null, from: null, to: null } as const;
      const title = keep(`Complaint files that the force closed in ${half}`);
      const secondScorePercent = second === null ? 0 : 20;
      record.plan({ title, ...source, ...facts, sheet: this.asked.sheet, secondScorePercent }, drawn, at);
    });
    const seed = String(this.int(100_000_000, 999_999_999));
    this.act(record, drawn, reviewManager, (at) => record.draw(seed, true, drawn, at));
    const wanted = Math.ceil(12 * 0.2);
    for (let file = 0; file < 12; file++) {
      const scored = this.working(addDays(drawn, 3 + file));
      const scorers = second !== null && file < wanted ? [reviewManager, second] : [reviewManager];
      for (const scorer of scorers) {
        this.act(record, scored, scorer, (at, keep) => {
          const place = record.state.files[file]?.place ?? 0;
          const comments = this.random() < 0.4 ? keep(this.pick(DEMONSTRATION_WORDS.comments)) : null;
          record.score(place, scorer, this.answers(), comments, scored, at);
        });
      }
    }
    const reported = this.working(addDays(drawn, 24));
    const told = this.working(addDays(drawn, 31));
    const answered = this.working(addDays(drawn, 59));
    const words = DEMONSTRATION_WORDS;
    this.act(record, reported, reviewManager, (at, keep) =>
      record.report(keep(this.pick(words.findings)), reported, at),
    );
    this.act(record, told, reviewManager, (at, keep) =>
      record.sendFeedback(told, keep(this.pick(words.feedback)), told, at),
    );
    this.act(record, answered, reviewManager, (at, keep) =>
      record.recordAnswer(answered, keep(this.pick(words.answers)), answered, at),
    );
  }

  /** A quarter: the panel's numbers some weeks after it, and a meeting with the force. */
  private planQuarter({ office, reviewManager }: ScrutinyOffice, from: string): void {
    const to = addDays(from, 90);
    const obtainedOn = this.working(addDays(to, this.int(20, 40)));
    const numbers = new PanelNumbers(this.log.newId(), office, 0, null);
    this.add(numbers);
    this.act(numbers, obtainedOn, reviewManager, (at, keep) => {
      const received = this.int(1, 9);
      const recorded = this.int(0, received);
      const referred = recorded > 3 && this.random() < 0.4 ? 1 : 0;
      const known: Readonly<Record<string, number>> = {
        ...{ received, recorded, 'not-recorded': received - recorded, 'referred-to-iopc': referred },
        ...{ 'informally-resolved': Math.max(0, recorded - referred - 1), disapplied: 0, withdrawn: 0 },
        'open-at-end': recorded > 0 ? 1 : 0,
      };
      const said = Object.fromEntries(this.asked.measures.map((key) => [key, known[key] ?? null]));
      const source = keep('Complaints report to the police and crime panel');
      const period = { from, to, measures: this.asked.measures, obtainedOn, today: obtainedOn };
      numbers.recordNumbers({ ...period, numbers: said }, source, at);
    });
    const meeting = this.add(new ForceMeeting(this.log.newId(), office, 0, null));
    const heldOn = this.working(addDays(from, this.int(60, 80)));
    const fixed = this.working(addDays(heldOn, -MONTH));
    this.act(meeting, fixed, reviewManager, (at) =>
      meeting.plan({ on: heldOn, agenda: ['recommendations-pack', 'twelve-month-notices', 'dip-sample'] }, null, at),
    );
    this.act(meeting, heldOn, reviewManager, (at, keep) =>
      meeting.hold(heldOn, keep(this.pick(DEMONSTRATION_WORDS.minutes)), heldOn, at),
    );
  }

  private planActions({ office, reviewManager }: ScrutinyOffice, index: number): void {
    const kinds = [
      ['iopc-referral', 'gravity', 'iopc-investigates', 150],
      ['direction-to-comply', 'duty-not-met-in-time', 'complied', 420],
    ] as const;
    for (const [action, ground, code, days] of kinds) {
      const on = this.working(addDays(this.asked.from, days + 31 * index));
      const record = this.add(new OversightAction(this.log.newId(), office, 0, null));
      const answerBy = addDays(on, 28);
      this.act(record, on, reviewManager, (at, keep) => {
        const about = { forceReference: `CO/${String(400 + index)}/${on.slice(2, 4)}`, caseId: null, answerBy };
        record.take({ action, ground, on, ...about }, keep(DEMONSTRATION_WORDS.actions[action]), on, at);
      });
      const answered = this.working(addDays(on, 19));
      this.act(record, answered, reviewManager, (at, keep) =>
        record.recordAnswer({ on: answered, code }, keep(DEMONSTRATION_WORDS.actionAnswers[action]), answered, at),
      );
    }
  }

  private add<R extends AnyRecord>(record: R): R {
    this.#records.push(record);
    return record;
  }

  /** Plans an act of a person on a working day. What comes after the history has ended does not happen. */
  private act(
    record: AnyRecord,
    day: string,
    person: string,
    happens: (at: Date, keep: (text: string) => KeptText) => void,
  ): void {
    // Acts of one day follow each other as they were planned.
    const at = new Date(startOfLondonDay(day).getTime() + 10 * 3_600_000 + this.moments.length * 40);
    if (day < this.asked.from || at > this.asked.end) return;
    this.moments.push({
      at,
      happens: () => {
        happens(at, (text) => this.keep(record.office, text));
        const events = record.releaseEvents();
        this.#versions.set(record.id, (this.#versions.get(record.id) ?? 0) + events.length);
        const { kind, id, office } = record;
        this.log.append({
          stream: recordStream(kind, id),
          office,
          events,
          caller: callerOf(person, office, this.log.newId()),
        });
      },
    });
  }

  private keep(office: string, text: string): KeptText {
    const salt = createHash('sha256')
      .update(`scrutiny ${String(this.#salts++)}`)
      .digest()
      .subarray(0, 16);
    const id = this.log.newId();
    this.log.rows.add('private_text', { id, office, case_id: null, salt: byteaText(salt), text });
    return { id, commitment: commitment(salt, text) };
  }

  private answers(): Record<string, string | null> {
    const { scale, questions } = this.asked.sheet;
    const steps = scale.map(({ key }) => key);
    const answer = (): string | null => {
      const chance = this.random();
      if (chance < 0.06) return null;
      return steps[Math.min(steps.length - 1, Math.floor(steps.length * chance ** 0.6))] ?? null;
    };
    return Object.fromEntries(questions.map(({ key }) => [key, answer()]));
  }

  private working(day: string): string {
    return this.asked.calendar.rollForward(day, 'england-and-wales');
  }

  private random(): number {
    return this.asked.random();
  }

  private int(from: number, to: number): number {
    return from + Math.floor(this.random() * (to - from + 1));
  }

  private pick(from: readonly string[]): string {
    return from[this.int(0, from.length - 1)] ?? '';
  }
}

function callerOf(person: string, office: string, correlationId: string): Caller {
  const actor = { kind: 'person', id: person } as const;
  return {
    ...systemCaller('demonstration', correlationId),
    actor,
    role: 'review-manager',
    offices: [office],
    system: false,
  };
}
