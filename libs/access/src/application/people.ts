import { Injectable } from '@nestjs/common';
import { Clock, londonDate } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { Role } from '../domain/roles';

/** Somebody who works in an office today. */
export interface PersonSummary {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly offices: readonly string[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Who works where, and what somebody is called. */
@Injectable()
export class People {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Everybody who holds a role today in one of the offices, with all offices they hold it in, by name. */
  forOffices(offices: readonly string[]): Promise<readonly PersonSummary[]> {
    return this.unitOfWork.run((manager): Promise<PersonSummary[]> =>
      manager.query(
        `SELECT p.id, p.name, min(r.role) AS role, array_agg(r.office ORDER BY r.office) AS offices
           FROM person p JOIN role_held r ON r.person_id = p.id
          WHERE r.valid_from <= $2 AND (r.valid_to IS NULL OR r.valid_to >= $2)
          GROUP BY p.id HAVING array_agg(r.office) && $1::text[]
          ORDER BY lower(p.name), p.id`,
        [offices, londonDate(this.clock.now())],
      ),
    );
  }

  /** What each id is called: a person by name, a token by its label. Unknown ids are left out. */
  async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const asked = [...new Set(ids)].filter((id) => UUID.test(id));
    if (asked.length === 0) return new Map();
    const rows = await this.unitOfWork.run((manager): Promise<{ id: string; name: string }[]> =>
      manager.query(
        `SELECT id, name FROM person WHERE id = ANY($1::uuid[])
         UNION ALL SELECT id, label FROM api_token WHERE id = ANY($1::uuid[])`,
        [asked],
      ),
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
