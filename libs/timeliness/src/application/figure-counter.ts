import { Injectable } from '@nestjs/common';
import { addDays, daysBetween, type HolidayCalendar } from '@app/kernel';
import { FIGURES, type Breakdown, type FigureDefinition, type FigureKey, type FigureUnit } from '../domain/figures';
import { percentile, workingDays } from '../domain/working-days-to-answer';
import { caseLinks, type CaseLinks } from './case-links';
import { CountedCases, type FigureFrame, type Tally } from './counted-cases';

export interface FigureGroup extends CaseLinks {
  /** Null for all cases, and for those that have none of what is grouped by. */
  readonly group: string | null;
  /** A count, a share from 0 to 1, or working days; null where there is nothing to measure. */
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
}

/** A figure over all cases asked for, and for each group of them. */
export interface Figure extends Omit<FigureGroup, 'group'> {
  readonly key: FigureKey;
  readonly name: string;
  readonly definition: string;
  readonly unit: FigureUnit;
  readonly groups: readonly FigureGroup[];
}

interface Counting {
  readonly path: string;
  readonly frame: FigureFrame;
  readonly calendar: HolidayCalendar;
  readonly by: Breakdown | null;
}

interface MeasuredCases {
  readonly group: string | null;
  readonly grossDays: number;
  readonly netDays: number;
  readonly cases: number;
}

/** Weeks without a case are shown too, but not for whole centuries. */
const LONGEST_FILLED_DAYS = 3660;

/** Counts figures by their definitions, each with the links to the cases behind it. */
@Injectable()
export class FigureCounter {
  constructor(private readonly cases: CountedCases) {}

  /** In the open transaction; `path` is where the lists of cases are served. */
  async count(keys: readonly FigureKey[], counting: Counting): Promise<Figure[]> {
    const { frame, by } = counting;
    const plain = keys.filter((key) => weekOf(key) === null);
    const tallies = await this.cases.tally(frame, plain, by);
    const isMeasured = keys.some((key) => FIGURES[key].measure.kind === 'working-days');
    const measured = isMeasured ? await this.measure(counting) : [];
    const figures: Figure[] = [];
    for (const key of keys) {
      const isWeekly = weekOf(key) !== null;
      const own = isWeekly ? fillWeeks(await this.cases.tally(frame, [key], 'week'), key, frame) : tallies;
      figures.push(this.figure(key, own, measured, counting, isWeekly ? 'week' : by));
    }
    return figures;
  }

  private async measure({ frame, calendar, by }: Counting): Promise<MeasuredCases[]> {
    const spans = await this.cases.answeredSpans(frame, by);
    return spans.map(({ group, waitingSince, answeredOn, pauses, cases }) => {
      const grossDays = workingDays(calendar, waitingSince, answeredOn);
      const netDays = pauses.length === 0 ? grossDays : workingDays(calendar, waitingSince, answeredOn, pauses);
      return { group, grossDays, netDays, cases };
    });
  }

  private figure(
    key: FigureKey,
    tallies: readonly Tally[],
    measured: readonly MeasuredCases[],
    { path, frame }: Counting,
    by: Breakdown | 'week' | null,
  ): Figure {
    const definition: FigureDefinition = FIGURES[key];
    const { name, unit } = definition;
    const group = (tally: Tally): FigureGroup => {
      const { counted, outOf } = tally.counts.get(key) ?? { counted: 0, outOf: 0 };
      const own = tally.isTotal ? measured : measured.filter((each) => each.group === tally.group);
      return {
        group: tally.group,
        value: valueOf(definition, counted, outOf, own),
        numerator: counted,
        denominator: outOf,
        ...caseLinks(path, frame, key, tally.isTotal || by === null ? undefined : { by, value: tally.group }),
      };
    };
    const { group: none, ...total } = group(
      tallies.find((tally) => tally.isTotal) ?? { isTotal: true, group: null, counts: new Map() },
    );
    const groups = tallies
      .filter((tally) => !tally.isTotal)
      .map(group)
      .filter((each) => by === 'week' || each.denominator > 0);
    return {
      key,
      name,
      definition: definition.definition,
      unit,
      ...total,
      groups: by === null ? [{ group: none, ...total }] : groups,
    };
  }
}

function valueOf(
  { measure }: FigureDefinition,
  counted: number,
  outOf: number,
  measured: readonly MeasuredCases[],
): number | null {
  if (measure.kind === 'count') return counted;
  if (measure.kind === 'share') return outOf === 0 ? null : Math.round((counted / outOf) * 10_000) / 10_000;
  const occurrences = new Map<number, number>();
  for (const { grossDays, netDays, cases } of measured) {
    const days = measure.lessPauses ? netDays : grossDays;
    occurrences.set(days, (occurrences.get(days) ?? 0) + cases);
  }
  return percentile(measure.percentile, occurrences);
}

function weekOf(key: FigureKey): 'received' | 'closed' | null {
  const definition: FigureDefinition = FIGURES[key];
  return definition.weekOf ?? null;
}

function fillWeeks(tallies: readonly Tally[], key: FigureKey, { from, to }: FigureFrame): Tally[] {
  const total = tallies.filter((tally) => tally.isTotal);
  const weeks = new Map(tallies.flatMap((tally) => (tally.group === null ? [] : [[tally.group, tally] as const])));
  const isCounted = (tally: Tally): boolean => (tally.counts.get(key)?.outOf ?? 0) > 0;
  if (daysBetween(from, to) > LONGEST_FILLED_DAYS) return [...total, ...[...weeks.values()].filter(isCounted)];
  const filled: Tally[] = [];
  const first = mondayOf(from);
  for (let week = first; week <= to; week = addDays(week, 7)) {
    filled.push(weeks.get(week) ?? { isTotal: false, group: week, counts: new Map() });
  }
  return [...total, ...filled];
}

function mondayOf(day: string): string {
  // 5 January 1970 was a Monday.
  const since = daysBetween('1970-01-05', day);
  return addDays(day, -(((since % 7) + 7) % 7));
}
