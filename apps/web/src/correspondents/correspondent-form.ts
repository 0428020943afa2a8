import { CAPACITIES, REPLY_CHANNELS, type CorrespondentRecord } from '@app/casework';
import { inWords } from '../worklist/words';

/** What was typed about a correspondent, and the version of the record that the person saw. */
export interface CorrespondentForm {
  readonly record: CorrespondentRecord;
  readonly version: number;
}

/** Empty fields are what is not known. */
export function readCorrespondent(body: unknown): CorrespondentForm {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | null => {
    const value = fields[name];
    const trimmed = typeof value === 'string' ? value.replace(/\r\n/g, '\n').trim() : '';
    return trimmed === '' ? null : trimmed;
  };
  const version = Number(text('version') ?? '-1');
  return {
    version: Number.isSafeInteger(version) ? version : -1,
    record: {
      name: text('name'),
      organisation: text('organisation'),
      email: text('email'),
      phone: text('phone'),
      postcode: text('postcode')?.toUpperCase() ?? null,
      capacity: text('capacity') ?? 'member-of-public',
      preferredChannel: text('preferredChannel'),
      adjustments: text('adjustments'),
      safeContactNote: text('safeContactNote'),
      contactRestriction: text('contactRestriction'),
    },
  };
}

type Option = { readonly value: string; readonly text: string; readonly selected: boolean };

export function capacityOptions(chosen: string): readonly Option[] {
  return CAPACITIES.map((value) => ({ value, text: inWords(value), selected: value === chosen }));
}

export function channelOptions(chosen: string | null): readonly Option[] {
  const none = { value: '', text: 'Not said', selected: chosen === null };
  return [none, ...REPLY_CHANNELS.map((value) => ({ value, text: inWords(value), selected: value === chosen }))];
}
