import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork, currentCaller } from '@app/platform';
import { SearchNotFound } from '../domain/worklist.errors';

const KEPT_FOR = '12 hours';
const LONGEST_QUERY = 500;

/** Words that people search for, kept for some hours: they may be names, and an address must not hold a name. */
@Injectable()
export class SearchSessions {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Keeps the words and answers the id that stands for them in an address. What is too old is let go. */
  keep(query: string): Promise<string> {
    const id = randomUUID();
    return this.unitOfWork.run(async (manager) => {
      await manager.query(`DELETE FROM search_session WHERE created_at < clock_timestamp() - $1::interval`, [KEPT_FOR]);
      await manager.query(`INSERT INTO search_session (id, actor, query) VALUES ($1, $2, $3)`, [
        id,
        currentCaller().actor.id,
        query.slice(0, LONGEST_QUERY),
      ]);
      return id;
    });
  }

  /** The caller's own words. @throws SearchNotFound */
  async find(id: string): Promise<string> {
    const [row] = await this.unitOfWork.run((manager): Promise<{ query: string }[]> =>
      manager.query(
        `SELECT query FROM search_session
          WHERE id::text = $1 AND actor = $2 AND created_at >= clock_timestamp() - $3::interval`,
        [id, currentCaller().actor.id, KEPT_FOR],
      ),
    );
    if (!row) throw new SearchNotFound();
    return row.query;
  }
}
