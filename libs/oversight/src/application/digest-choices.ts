import { Injectable } from '@nestjs/common';
import { currentCaller, UnitOfWork } from '@app/platform';

/** Whether the caller gets the daily mail: a setting of one's own, a row that changes in place, without an event. */
@Injectable()
export class DigestChoices {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null for those who never sign in, such as keys of other systems. */
  async wanted(): Promise<boolean | null> {
    const { actor, role } = currentCaller();
    const [row] = await this.unitOfWork.run((manager): Promise<{ wanted: boolean | null }[]> =>
      manager.query(
        `SELECT c.wanted FROM person p LEFT JOIN digest_choice c ON c.person_id = p.id WHERE p.id::text = $1`,
        [actor.id],
      ),
    );
    return row ? (row.wanted ?? role === 'manager') : null;
  }

  /** False for those who never sign in. */
  async choose(wanted: boolean): Promise<boolean> {
    const kept = await this.unitOfWork.run((manager): Promise<unknown[]> =>
      manager.query(
        `INSERT INTO digest_choice (person_id, wanted) SELECT id, $2 FROM person WHERE id::text = $1
         ON CONFLICT (person_id) DO UPDATE SET wanted = excluded.wanted, changed_at = clock_timestamp() RETURNING 1`,
        [currentCaller().actor.id, wanted],
      ),
    );
    return kept.length > 0;
  }
}
