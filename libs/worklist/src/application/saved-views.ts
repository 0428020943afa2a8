import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork, currentCaller } from '@app/platform';
import { InvalidWorklistInput, SavedViewNotFound } from '../domain/worklist.errors';

const LONGEST_NAME = 60;
const MOST_VIEWS = 50;

/** Filters and order of a worklist under a name: one's own, or shared with the people of an office. */
export interface SavedView {
  readonly id: string;
  readonly name: string;
  readonly query: string;
  /** The office it is shared with. */
  readonly office: string | null;
  readonly isOwn: boolean;
  /** The caller's worklist opens with it. */
  readonly isDefault: boolean;
}

/** Saved views are settings of people: rows that change in place, without events. */
@Injectable()
export class SavedViews {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The caller's own views and those shared with one of the caller's offices, by name. */
  list(): Promise<readonly SavedView[]> {
    const { actor, offices } = currentCaller();
    return this.unitOfWork.run((manager) =>
      manager.query<SavedView[]>(
        `SELECT v.id, v.name, v.query, v.office, v.owner = $1 AS "isOwn", d.view_id IS NOT NULL AS "isDefault"
           FROM saved_view v LEFT JOIN default_view d ON d.view_id = v.id AND d.person = $1
          WHERE v.owner = $1 OR v.office = ANY ($2) ORDER BY lower(v.name), v.id`,
        [actor.id, offices],
      ),
    );
  }

  /** Keeps a view; one of the same name is replaced. `office` shares it with that office. */
  async save(name: string, query: string, office: string | null): Promise<string> {
    const { actor, offices } = currentCaller();
    const called = name.trim().replace(/\s+/g, ' ');
    if (called === '') throw new InvalidWorklistInput('/name', 'Enter a name for the view');
    if (called.length > LONGEST_NAME) {
      throw new InvalidWorklistInput('/name', `The name must be ${String(LONGEST_NAME)} characters or fewer`);
    }
    if (office !== null && !offices.includes(office))
      throw new InvalidWorklistInput('/office', 'There is no such office');
    return this.unitOfWork.run(async (manager) => {
      const [count]: { views: number }[] = await manager.query(
        `SELECT count(*)::int AS views FROM saved_view WHERE owner = $1 AND lower(name) <> lower($2)`,
        [actor.id, called],
      );
      if ((count?.views ?? 0) >= MOST_VIEWS) {
        throw new InvalidWorklistInput('/name', `You have ${String(MOST_VIEWS)} views. Delete one first`);
      }
      const [row]: { id: string }[] = await manager.query(
        `INSERT INTO saved_view (id, owner, office, name, query) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (owner, lower(name)) DO UPDATE SET name = excluded.name, query = excluded.query,
           office = excluded.office, updated_at = clock_timestamp() RETURNING id`,
        [randomUUID(), actor.id, office, called, query],
      );
      return row?.id ?? '';
    });
  }

  /** @throws SavedViewNotFound for one that is not the caller's own. */
  async remove(id: string): Promise<void> {
    const [gone] = await this.unitOfWork.run((manager): Promise<[unknown[], number]> =>
      manager.query(`DELETE FROM saved_view WHERE id::text = $1 AND owner = $2 RETURNING id`, [
        id,
        currentCaller().actor.id,
      ]),
    );
    if (gone.length === 0) throw new SavedViewNotFound();
  }

  /** The view that the caller's worklist opens with; null for none. @throws SavedViewNotFound */
  async chooseDefault(id: string | null): Promise<void> {
    const { actor, offices } = currentCaller();
    await this.unitOfWork.run(async (manager) => {
      await manager.query(`DELETE FROM default_view WHERE person = $1`, [actor.id]);
      if (id === null) return;
      const chosen: unknown[] = await manager.query(
        `INSERT INTO default_view (person, view_id)
         SELECT $1, id FROM saved_view WHERE id::text = $2 AND (owner = $1 OR office = ANY ($3)) RETURNING 1`,
        [actor.id, id, offices],
      );
      if (chosen.length === 0) throw new SavedViewNotFound();
    });
  }
}
