import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@app/platform';
import { correspondentRows, type CorrespondentDetails } from './correspondents';

export interface OpeningReservation {
  /** The first of as many consecutive reference numbers as there are items. */
  readonly firstNumber: number;
  /** In the order of the items; null where nothing is known of the sender. */
  readonly correspondentIds: readonly (string | null)[];
}

/**
 * What a batch of new cases needs before its rows can be written, in one round trip: gap-free numbers of the office
 * and year, and one record a correspondent. Later letters fill in what was missing and never
 * overwrite; what somebody asks for in addition is added.
 */
@Injectable()
export class OpeningReservations {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The counter row stays locked until the open transaction ends: that is what makes the numbers gap-free. */
  async reserve(office: string, year: number, all: readonly CorrespondentDetails[]): Promise<OpeningReservation> {
    const { rows, keys, unmatchedIds } = correspondentRows(office, all);
    const [row]: { last_number: number; people: { id: string; match_key: string | null }[] | null }[] =
      await this.unitOfWork.manager.query(
        `WITH person AS (
           INSERT INTO correspondent (id, office, match_key, name, email, phone, postcode, organisation, capacity,
                                      preferred_channel, adjustments)
           SELECT id, office, match_key, name, email, phone, postcode, organisation, capacity, preferred_channel, adjustments
             FROM json_populate_recordset(NULL::correspondent, $1)
           ON CONFLICT (office, match_key) WHERE match_key IS NOT NULL DO UPDATE SET
             name = coalesce(correspondent.name, excluded.name), phone = coalesce(correspondent.phone, excluded.phone),
             postcode = coalesce(correspondent.postcode, excluded.postcode),
             organisation = coalesce(correspondent.organisation, excluded.organisation),
             preferred_channel = coalesce(excluded.preferred_channel, correspondent.preferred_channel),
             adjustments = CASE
               WHEN strpos(coalesce(correspondent.adjustments, ''), coalesce(excluded.adjustments, '')) > 0
                 THEN correspondent.adjustments
               ELSE left(concat_ws(E'\n', correspondent.adjustments, excluded.adjustments), 2000) END
           RETURNING id, match_key
         ), counter AS (
           INSERT INTO reference_counter (office, year, last_number) VALUES ($2, $3, $4)
           ON CONFLICT (office, year) DO UPDATE SET last_number = reference_counter.last_number + $4
           RETURNING last_number
         )
         SELECT counter.last_number, (SELECT json_agg(person) FROM person) AS people FROM counter`,
        [JSON.stringify(rows), office, year, all.length],
      );
    const idByKey = new Map((row?.people ?? []).map((person) => [person.match_key, person.id]));
    return {
      firstNumber: (row?.last_number ?? all.length) - all.length + 1,
      correspondentIds: keys.map((key, index) => (key === null ? unmatchedIds[index] : idByKey.get(key)) ?? null),
    };
  }
}
