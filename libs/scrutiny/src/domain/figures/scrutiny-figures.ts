import type { DueDays } from '../due-days';
import { chainFacts } from '../notices/investigation';
import { noticeChain, type NoticeSlot } from '../notices/notice-chain';
import { pointsOf } from '../samples/scoring';
import type { RecordKind } from '../scrutiny-record';
import type { RecordedHistory } from './recorded-history';

/** One thing that a figure counts. */
export interface CountedItem {
  readonly kind: RecordKind;
  readonly id: string | null;
  readonly office: string;
  readonly on: string;
  /** What of the record is counted, such as the reference of the force. */
  readonly label: string;
  /** How much of the figure it is: 1, or a number that it holds itself. */
  readonly count: number;
}

export interface ScrutinyFigure {
  readonly key: string;
  readonly name: string;
  readonly definition: string;
  readonly unit: 'count' | 'share';
  readonly numerator: readonly CountedItem[];
  /** False where nobody has said the number yet: that is not nought. */
  readonly isKnown: boolean;
  /** Of a share; null for a count. */
  readonly denominator: readonly CountedItem[] | null;
}

export interface FigurePeriod {
  readonly from: string;
  readonly to: string;
  /** The day up to which things are known: the last of the period, or the day that is asked from, if that is earlier. */
  readonly knownOn: string;
}

type Measure = { readonly key: string; readonly text: string };

/** Every figure of oversight in a period, each with its definition and exactly what it counts. */
export function scrutinyFigures(
  history: RecordedHistory,
  period: FigurePeriod,
  measures: readonly Measure[],
  due: DueDays,
): readonly ScrutinyFigure[] {
  return [
    ...noticeFigures(history, period, due),
    ...sampleFigures(history, period),
    ...chiefConstableFigures(history, period),
    ...panelFigures(history, period, measures),
    ...forceFigures(history, period),
  ];
}

function noticeFigures({ investigations }: RecordedHistory, period: FigurePeriod, due: DueDays): ScrutinyFigure[] {
  const { knownOn } = period;
  const counted = investigations.filter(({ state }) => state.struckOn === null);
  const item = (record: (typeof counted)[number], on: string): CountedItem => ({
    ...{ kind: 'investigation', id: record.id, office: record.office, on },
    ...{ label: record.state.reference, count: 1 },
  });
  const slots = counted.flatMap((record) => {
    // As it was known on the day: a later end or notice changes nothing of what was due then.
    const { finalisedOn, receivedOn, ...facts } = chainFacts(record.state);
    const isOver = finalisedOn !== null && finalisedOn <= knownOn;
    const then = {
      ...facts,
      finalisedOn: isOver ? finalisedOn : null,
      receivedOn: receivedOn.filter((on) => on <= knownOn),
    };
    return noticeChain(then, knownOn, due).map((slot) => ({ record, slot }));
  });
  const isLate = ({ dueOn, state }: NoticeSlot): boolean => state !== 'due' || dueOn < knownOn;
  const dueSlots = slots.filter(({ slot }) => within(period, slot.dueOn) && slot.dueOn <= knownOn);
  const of = (found: typeof slots): CountedItem[] => found.map(({ record, slot }) => item(record, slot.dueOn));
  const received = counted.flatMap((record) =>
    record.state.notices.flatMap(({ receivedOn }) => (within(period, receivedOn) ? [item(record, receivedOn)] : [])),
  );
  const over = counted.filter(
    ({ state }) => state.firstDueOn <= knownOn && (state.finalisedOn === null || state.finalisedOn > knownOn),
  );
  return [
    count(
      'notices-received',
      'Written notices received for overdue investigations',
      'Notices of the force, with a day of receipt in the period, that an investigation had not been finished within 12 months, or 6 months after the notice before (regulation 13 of the Police (Complaints and Misconduct) Regulations 2020).',
      received,
    ),
    count(
      'notices-due',
      'Notices due',
      'Days in the period on which an investigation that was not finished had gone on for 12 months, or 6 months more.',
      of(dueSlots),
    ),
    share(
      'notices-in-time',
      'Notices received in time',
      'Of the notices due in the period: those received on or before the day.',
      of(dueSlots.filter(({ slot }) => slot.state === 'in-time')),
      of(dueSlots),
    ),
    count(
      'notices-overdue',
      'Notices overdue at the end',
      'Notices that were due before the last day of the period and had not been received by then; each is counted once, also where it was due before the period.',
      of(slots.filter(({ slot }) => slot.state === 'overdue' && isLate(slot))),
    ),
    count(
      'investigations-over-12-months',
      'Investigations open for more than 12 months',
      'Investigations in the log that had begun 12 months or more before the last day of the period and were not finalised by then.',
      over.map((record) => item(record, record.state.startedOn)),
    ),
  ];
}

function sampleFigures({ samples }: RecordedHistory, period: FigurePeriod): ScrutinyFigure[] {
  const item = (record: (typeof samples)[number], on: string | null, label: string, number = 1): CountedItem => ({
    ...{ kind: 'dip-sample', id: record.id, office: record.office, on: on ?? '', label, count: number },
  });
  const drawn = samples.filter(({ state }) => within(period, state.drawnOn));
  const reported = samples.filter(({ state }) => within(period, state.reportedOn));
  const filesOf = ({ state }: (typeof samples)[number]): number =>
    state.files.filter(({ replacedBy }) => replacedBy === null).length;
  const files = drawn.map((record) => item(record, record.state.drawnOn, 'files', filesOf(record)));
  const points = (which: 'reached' | 'possible'): CountedItem[] =>
    reported.map((record) => {
      const sum = record.state.scores.reduce(
        (all, { answers }) => all + pointsOf(record.state.sheet, answers)[which],
        0,
      );
      return item(record, record.state.reportedOn, `points ${which}`, sum);
    });
  const scored = drawn.map((record) => {
    const places = new Set(record.state.scores.map(({ place }) => place));
    return item(record, record.state.drawnOn, 'files scored', places.size);
  });
  return [
    count(
      'dip-samples-drawn',
      'Dip samples drawn',
      'Samples of closed files that were drawn in the period.',
      drawn.map((record) => item(record, record.state.drawnOn, record.state.source)),
    ),
    count(
      'dip-sample-files',
      'Files in dip samples',
      'Files in the samples drawn in the period, without those that were replaced.',
      files,
    ),
    share(
      'dip-sample-files-scored',
      'Files scored',
      'Of the files in samples drawn in the period: those that have been scored.',
      scored,
      files,
    ),
    share(
      'dip-sample-score',
      'Score of the samples reported',
      'Points reached of the points possible, over all scores of the samples reported in the period; questions that did not apply count on neither side.',
      points('reached'),
      points('possible'),
    ),
  ];
}

function chiefConstableFigures({ chiefConstable }: RecordedHistory, period: FigurePeriod): ScrutinyFigure[] {
  const { knownOn } = period;
  type Record = (typeof chiefConstable)[number];
  const item = (record: Record, on: string | null, label: string): CountedItem => ({
    ...{ kind: 'chief-constable-complaint', id: record.id, office: record.office, on: on ?? '', label, count: 1 },
  });
  const started = chiefConstable.filter(({ state }) => within(period, state.startedOn));
  const all = started.map((record) => item(record, record.state.startedOn, 'received'));
  const open = chiefConstable.filter(
    ({ state }) =>
      state.startedOn <= knownOn &&
      state.conduct !== 'under-command' &&
      (state.outcomeOn === null || state.outcomeOn > knownOn),
  );
  const updates = chiefConstable.flatMap((record) => {
    const { updates: given, updatesDue, updateDueOn } = record.state;
    const answered = updatesDue.map((dueOn, index) => ({ record, dueOn, on: given[index] ?? null }));
    return updateDueOn === null ? answered : [...answered, { record, dueOn: updateDueOn, on: null }];
  });
  const dueUpdates = updates.filter(({ dueOn }) => within(period, dueOn) && dueOn <= knownOn);
  const ofUpdates = (found: typeof updates): CountedItem[] =>
    found.map(({ record, dueOn }) => item(record, dueOn, 'update'));
  const by = (name: (record: Record) => boolean): CountedItem[] =>
    started.filter(name).map((record) => item(record, record.state.startedOn, 'received'));
  return [
    count(
      'chief-constable-complaints',
      'Complaints about the chief constable',
      'Complaints that came in the period and have a record.',
      all,
    ),
    share(
      'chief-constable-recorded',
      'Complaints about the chief constable: recorded',
      'Of those that came in the period: recorded under Schedule 3.',
      by(({ state }) => state.recording === 'recorded'),
      all,
    ),
    share(
      'chief-constable-referred',
      'Complaints about the chief constable: referred to the IOPC',
      'Of those that came in the period: referred, because they had to be or of choice.',
      by(({ state }) => state.referral !== null && state.referral.decision !== 'not-referred'),
      all,
    ),
    count(
      'chief-constable-open',
      'Complaints about the chief constable: open at the end',
      'Complaints about the chief constable in person without an outcome on the last day of the period.',
      open.map((record) => item(record, record.state.startedOn, 'open')),
    ),
    share(
      'chief-constable-updates-in-time',
      'Complaints about the chief constable: four-weekly updates in time',
      'Of the updates due in the period: those given on or before the day.',
      ofUpdates(dueUpdates.filter(({ dueOn, on }) => on !== null && on <= dueOn)),
      ofUpdates(dueUpdates),
    ),
    count(
      'chief-constable-updates-overdue',
      'Complaints about the chief constable: updates overdue at the end',
      'Updates that were due before the last day of the period and had not been given by then.',
      ofUpdates(updates.filter(({ dueOn, on }) => dueOn < knownOn && (on === null || on > knownOn))),
    ),
  ];
}

function panelFigures(
  { panel }: RecordedHistory,
  period: FigurePeriod,
  measures: readonly Measure[],
): ScrutinyFigure[] {
  const inside = panel.filter(({ state }) => state.from >= period.from && state.to <= period.to);
  return measures.map(({ key, text }) => {
    const items = inside.flatMap((record) => {
      const number = record.state.numbers[key];
      const label = `${record.state.from} to ${record.state.to}`;
      const about = { id: record.id, office: record.office, on: record.state.from, label };
      return number === undefined ? [] : [{ kind: 'panel-numbers' as const, ...about, count: number }];
    });
    const name = `Panel: ${text.charAt(0).toLowerCase()}${text.slice(1)}`;
    const definition =
      'Complaints about the commissioner and deputy as the police and crime panel counted them, in the periods that lie wholly in this one. No number: the panel has not said.';
    return { ...count(`panel-${key}`, name, definition, items), isKnown: items.length > 0 };
  });
}

function forceFigures({ actions, meetings }: RecordedHistory, period: FigurePeriod): ScrutinyFigure[] {
  const taken = (action: string): CountedItem[] =>
    actions.flatMap(({ id, office, state }) =>
      state.action === action && within(period, state.on)
        ? [
            {
              kind: 'oversight-action',
              id,
              office,
              on: state.on,
              label: (id && state.forceReference) || 'no reference',
              count: 1,
            },
          ]
        : [],
    );
  const held = meetings.filter(({ state }) => within(period, state.heldOn));
  return [
    count(
      'iopc-referrals',
      'Force complaints that the office referred to the IOPC',
      'Referrals by the local policing body itself (Police Reform Act 2002, Schedule 3, paragraph 4(3)) in the period.',
      taken('iopc-referral'),
    ),
    count(
      'directions-to-comply',
      'Directions to the chief officer to comply',
      'Directions under section 15 of the Police Reform Act 2002 in the period.',
      taken('direction-to-comply'),
    ),
    count(
      'meetings-held',
      'Meetings with the force',
      'Meetings with the professional standards department held in the period.',
      held.map(({ id, office, state }) => ({
        kind: 'force-meeting',
        id,
        office,
        on: state.heldOn ?? '',
        label: 'meeting',
        count: 1,
      })),
    ),
  ];
}

function within({ from, to }: FigurePeriod, day: string | null): boolean {
  return day !== null && day >= from && day <= to;
}

function count(key: string, name: string, definition: string, numerator: readonly CountedItem[]): ScrutinyFigure {
  return { key, name, definition, unit: 'count', numerator, isKnown: true, denominator: null };
}

function share(
  key: string,
  name: string,
  definition: string,
  numerator: readonly CountedItem[],
  denominator: readonly CountedItem[],
): ScrutinyFigure {
  return { key, name, definition, unit: 'share', numerator, isKnown: true, denominator };
}

/** How much the items are together. */
export function sumOf(items: readonly CountedItem[]): number {
  return items.reduce((all, { count: number }) => all + number, 0);
}
