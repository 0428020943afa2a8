import { isDay } from '@app/kernel';
import { InputCheck, ScrutinyRefused } from '../scrutiny.errors';
import { ScrutinyRecord, type KeptText, type RecordedFact, type RecordLine } from '../scrutiny-record';

/** What can stand on the agenda of a quarterly meeting with the force's professional standards department. */
export const AGENDA_ITEMS = [
  'recommendations-pack',
  'twelve-month-notices',
  'dip-sample',
  'timeliness',
  'themes-and-learning',
  'other',
] as const;

export interface ForceMeetingState {
  readonly on: string;
  readonly agenda: readonly string[];
  readonly notesId: string | null;
  readonly heldOn: string | null;
  readonly minutesId: string | null;
}

/** R1.85: the quarterly meeting with the force, planned and then held. */
export class ForceMeeting extends ScrutinyRecord<ForceMeetingState> {
  readonly kind = 'force-meeting';

  plan(input: { on: string; agenda: readonly string[] }, notes: KeptText | null, at: Date): void {
    const { on, agenda } = input;
    new InputCheck()
      .require(isDay(on), 'on', 'Enter the day of the meeting')
      .require(
        agenda.length > 0 && agenda.every((item) => (AGENDA_ITEMS as readonly string[]).includes(item)),
        'agenda',
        'Choose what stands on the agenda',
      )
      .done();
    const data = { on, agenda: [...new Set(agenda)] };
    this.happen(
      'force-meeting-planned',
      { ...data, notesId: notes?.id ?? null, notesCommitment: notes?.commitment ?? null },
      at,
    );
  }

  hold(on: string, minutes: KeptText, today: string, at: Date): void {
    if (this.state.heldOn !== null) throw new ScrutinyRefused('The minutes of this meeting are recorded.');
    new InputCheck().require(isDay(on) && on <= today, 'on', 'Enter the day on which it was held').done();
    this.happen('force-meeting-held', { on, minutesId: minutes.id, minutesCommitment: minutes.commitment }, at);
  }

  line(): RecordLine {
    const { on, heldOn } = this.state;
    const isOpen = heldOn === null;
    return { caseId: null, reference: null, dueOn: isOpen ? on : null, isOpen, listedOn: heldOn ?? on };
  }

  protected fold(state: ForceMeetingState | null, fact: RecordedFact): ForceMeetingState {
    return foldForceMeeting(state, fact);
  }
}

export function foldForceMeeting(state: ForceMeetingState | null, { type, data }: RecordedFact): ForceMeetingState {
  const text = (name: string): string | null => (typeof data[name] === 'string' ? data[name] : null);
  if (type === 'scrutiny.force-meeting-planned' || state === null) {
    const agenda = data.agenda as readonly string[];
    return { on: text('on') ?? '', agenda, notesId: text('notesId'), heldOn: null, minutesId: null };
  }
  return { ...state, heldOn: text('on'), minutesId: text('minutesId') };
}
