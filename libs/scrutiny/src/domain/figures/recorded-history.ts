import { foldChiefConstableComplaint, type ChiefConstableState } from '../chief-constable/chief-constable-state';
import { foldForceMeeting, type ForceMeetingState } from '../force/force-meeting';
import { foldOversightAction, type OversightActionState } from '../force/oversight-action';
import { foldInvestigation, type InvestigationState } from '../notices/investigation';
import { foldPanelNumbers, type PanelNumbersState } from '../panel/panel-numbers';
import { foldDipSample, type DipSampleState } from '../samples/dip-sample-state';
import type { RecordedFact, RecordKind } from '../scrutiny-record';

/** An event of oversight as it is read for figures. Of what the reader may not know, the stream says nothing. */
export interface HistoryFact extends RecordedFact {
  readonly stream: string;
  readonly office: string;
  readonly isHidden: boolean;
}

export interface KnownRecord<S> {
  /** Null for what is beside a case that the reader may not see: it is counted and not named. */
  readonly id: string | null;
  readonly office: string;
  readonly state: S;
}

/** Every record as it stood at some instant. */
export interface RecordedHistory {
  readonly investigations: readonly KnownRecord<InvestigationState>[];
  readonly samples: readonly KnownRecord<DipSampleState>[];
  readonly chiefConstable: readonly KnownRecord<ChiefConstableState>[];
  readonly panel: readonly KnownRecord<PanelNumbersState>[];
  readonly actions: readonly KnownRecord<OversightActionState>[];
  readonly meetings: readonly KnownRecord<ForceMeetingState>[];
}

/** Which kind of record an event belongs to, by its type. */
const KIND_OF: readonly (readonly [prefix: string, kind: RecordKind])[] = [
  ['scrutiny.investigation-', 'investigation'],
  ['scrutiny.notice-', 'investigation'],
  ['scrutiny.dip-sample-', 'dip-sample'],
  ['scrutiny.chief-constable-complaint-', 'chief-constable-complaint'],
  ['scrutiny.panel-numbers-', 'panel-numbers'],
  ['scrutiny.oversight-action-', 'oversight-action'],
  ['scrutiny.force-meeting-', 'force-meeting'],
];

/** Folds events, oldest first within each stream, to the records that they made. */
export function foldHistory(facts: readonly HistoryFact[]): RecordedHistory {
  const streams = new Map<string, { kind: RecordKind; facts: HistoryFact[] }>();
  for (const fact of facts) {
    const kind = KIND_OF.find(([prefix]) => fact.type.startsWith(prefix))?.[1];
    if (kind === undefined) continue;
    const known = streams.get(fact.stream);
    if (known) known.facts.push(fact);
    else streams.set(fact.stream, { kind, facts: [fact] });
  }
  const of = <S>(kind: RecordKind, fold: (state: S | null, fact: RecordedFact) => S): KnownRecord<S>[] =>
    [...streams].flatMap(([stream, own]) => {
      if (own.kind !== kind) return [];
      const [first] = own.facts;
      const state = own.facts.reduce<S | null>(fold, null);
      if (!first || state === null) return [];
      return [{ id: first.isHidden ? null : stream.slice(kind.length + 1), office: first.office, state }];
    });
  return {
    investigations: of('investigation', foldInvestigation),
    samples: of('dip-sample', foldDipSample),
    chiefConstable: of('chief-constable-complaint', foldChiefConstableComplaint),
    panel: of('panel-numbers', foldPanelNumbers),
    actions: of('oversight-action', foldOversightAction),
    meetings: of('force-meeting', foldForceMeeting),
  };
}
