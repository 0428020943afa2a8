import { Injectable } from '@nestjs/common';
import { Clock, countDeadline, londonDate, type DeadlinePolicy, type HolidayCalendar, type Pause } from '@app/kernel';
import { Calendars, Configuration, Offices, type Office } from '@app/offices';
import { areaOf } from '../domain/area/area-of';
import { officeOf, type DistrictEntry } from '../domain/area/office-of';
import type { ClockPolicy, DeadlineCounter } from '../domain/case-deadlines';
import { screenRisk, type RiskScreen } from '../domain/risk/risk-screen';
import type {
  AreaEntry,
  CategoryEntry,
  Channel,
  DestinationEntry,
  QueueEntry,
  RiskPhraseSet,
  StandardEntry,
  TemplateEntry,
  TriageRule,
} from '../domain/triage/configuration';
import { standardsFor } from '../domain/triage/standards-for';
import { FALLBACK_CATEGORY, triage, type TriageItem, type TriageOutcome } from '../domain/triage/triage';
import { InvalidCaseInput } from '../domain/case.errors';

/** Counts a policy's deadline once per day and calendar: intake asks for the same few again and again. */
class MemoisedCounter implements DeadlineCounter {
  readonly #known = new Map<string, string | null>();

  constructor(private readonly calendar: HolidayCalendar) {}

  get calendarVersion(): number {
    return this.calendar.version;
  }

  dueOn(policy: DeadlinePolicy, from: string, pauses: readonly Pause[]): string | null {
    if (pauses.length > 0) return countDeadline(policy, from, this.calendar, pauses).deadline;
    const key = [policy.unit, policy.count, policy.region, policy.dayZero, policy.rollForward, from].join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { deadline } = countDeadline(policy, from, this.calendar);
    if (this.#known.size > 5000) this.#known.clear();
    this.#known.set(key, deadline);
    return deadline;
  }
}

/** The configuration that casework rules need, as it holds in an office on a day. */
@Injectable()
export class CaseSettings {
  #counter: { calendar: HolidayCalendar; counter: DeadlineCounter } | null = null;
  readonly #clocks = new WeakMap<readonly StandardEntry[], Map<string, ClockPolicy[]>>();

  constructor(
    private readonly configuration: Configuration,
    private readonly offices: Offices,
    private readonly calendars: Calendars,
    private readonly clock: Clock,
  ) {}

  office(id: string): Promise<Office> {
    return this.offices.get(id);
  }

  async counter(): Promise<DeadlineCounter> {
    const calendar = await this.calendars.current();
    if (this.#counter?.calendar !== calendar) this.#counter = { calendar, counter: new MemoisedCounter(calendar) };
    return this.#counter.counter;
  }

  /**
   * The clocks of a category on a channel: the general ones while there is no category, and where it has none of its
   * own. A letter that is taken for spam still waits for somebody until a person says that it is.
   */
  async clocks(category: string | null, channel: string, office: string, on: string): Promise<ClockPolicy[]> {
    const standards = await this.configuration.entries<StandardEntry>('standard');
    const known = this.#clocks.get(standards) ?? new Map<string, ClockPolicy[]>();
    this.#clocks.set(standards, known);
    const key = [category, channel, office, on].join(' ');
    const cached = known.get(key);
    if (cached) return cached;
    const of = async (name: string): Promise<ClockPolicy[]> =>
      standardsFor(await this.category(name, office, on), channel as Channel, standards, office, on);
    const own = await of(category ?? FALLBACK_CATEGORY);
    const clocks = own.length > 0 ? own : await of(FALLBACK_CATEGORY);
    if (known.size > 5000) known.clear();
    known.set(key, clocks);
    return clocks;
  }

  /** @throws InvalidCaseInput when the office has no such category on that day. */
  async category(key: string, office: string, on = this.today()): Promise<CategoryEntry> {
    const found = (await this.offices.inForce<CategoryEntry>('category', office, on)).find((each) => each.key === key);
    if (!found) throw new InvalidCaseInput('/category', `there is no category ${key}`);
    return found;
  }

  /** @throws InvalidCaseInput when the office has no such queue. */
  async queue(key: string, office: string): Promise<QueueEntry> {
    const found = (await this.offices.inForce<QueueEntry>('queue', office, this.today())).find(
      (each) => each.key === key,
    );
    if (!found) throw new InvalidCaseInput('/queue', `there is no queue ${key}`);
    return found;
  }

  /** @throws InvalidCaseInput when there is no such destination today. */
  async destination(key: string, office: string, on = this.today()): Promise<DestinationEntry> {
    const found = (await this.offices.inForce<DestinationEntry>('destination', office, on)).find(
      (each) => each.key === key,
    );
    if (!found) throw new InvalidCaseInput('/destination', `there is no destination ${key}`);
    return found;
  }

  /** @throws InvalidCaseInput when there is no such template today. */
  async template(key: string, office: string): Promise<TemplateEntry> {
    const found = (await this.offices.inForce<TemplateEntry>('template', office, this.today())).find(
      (each) => each.key === key,
    );
    if (!found) throw new InvalidCaseInput('/template', `there is no template ${key}`);
    return found;
  }

  async screenRisk(text: { subject: string; body: string }, office: string): Promise<RiskScreen> {
    return screenRisk(text, await this.offices.inForce<RiskPhraseSet>('risk-phrase', office, this.today()));
  }

  /** By the rules of the day on which the letter came: a change alters what comes after it. */
  async triage(item: TriageItem, on: string): Promise<TriageOutcome> {
    return triage(item, await this.configuration.entries<TriageRule>('triage-rule'), on);
  }

  async area(postcode: string | null, office: string, on: string): Promise<string | null> {
    return areaOf(postcode, await this.offices.inForce<AreaEntry>('area', office, on), on).area;
  }

  /** The office whose area a postcode is in, as a proposal to the writer; null where the district does not settle it. */
  async officeOfPostcode(postcode: string): Promise<string | null> {
    const areas = await this.configuration.entries<DistrictEntry>('area');
    const districts = await this.configuration.entries<DistrictEntry>('postcode-district');
    return officeOf(postcode, [...areas, ...districts], this.today());
  }

  today(): string {
    return londonDate(this.clock.now());
  }
}
