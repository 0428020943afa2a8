import { Injectable } from '@nestjs/common';
import { Clock, DomainError, type Actor, type JsonValue } from '@app/kernel';
import { Consumer, Consumes, EventStore, UnitOfWork, runAs, type Caller, type ConsumedMessage } from '@app/platform';
import type { ImportMapping } from '../import/import-fields';
import { planRow, type PlanContext } from '../import/plan-row';
import { reviewImportStream } from '../import/review-import.events';
import { ReviewImporter } from '../import/review-importer';
import type { ImportOutcome } from '../import/review-imports';

interface ImportRow {
  readonly id: string;
  readonly office: string;
  readonly headers: string[];
  readonly mapping: ImportMapping;
  readonly actor_kind: Actor['kind'];
  readonly actor: string;
  readonly role: string;
}

interface Settled {
  readonly outcome: ImportOutcome;
  readonly message: string;
  readonly oldReference: string | null;
  readonly reference: string | null;
}

/**
 * Takes over line by line, as the person who started it; everything that happens to a review is recorded as caused by
 * this import. A line and its outcome commit together, so after a crash the work goes on with the first that has none.
 */
@Consumes({ name: 'reviews.run-import', queue: 'deadlines', events: ['reviews.import-started'] })
@Injectable()
export class RunReviewImport extends Consumer {
  constructor(
    private readonly importer: ReviewImporter,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async prepare({ id: causationId, data, metadata }: ConsumedMessage): Promise<undefined> {
    const [found] = await this.unitOfWork.run((manager): Promise<ImportRow[]> =>
      manager.query(`SELECT id, office, headers, mapping, actor_kind, actor, role FROM review_import WHERE id = $1`, [
        data.importId,
      ]),
    );
    if (!found) throw new Error('The import is not there');
    const person: Caller = {
      actor: { kind: found.actor_kind, id: found.actor },
      ...{ role: found.role, offices: [found.office], system: false },
      ...{ correlationId: textOf(metadata.correlationId), causationId },
    };
    const context = await runAs(person, () => this.unitOfWork.run(() => this.importer.context(found.office)));
    let goesOn = true;
    while (goesOn) goesOn = await runAs(person, () => this.settleNext(found, context));
    return undefined;
  }

  async handle({ data }: ConsumedMessage): Promise<void> {
    const id = textOf(data.importId);
    const [counts]: { waiting: number; taken: number; refused: number; there: number; office: string }[] =
      await this.unitOfWork.manager.query(
        `SELECT (count(*) FILTER (WHERE outcome IS NULL))::int AS waiting,
                (count(*) FILTER (WHERE outcome = 'taken'))::int AS taken,
                (count(*) FILTER (WHERE outcome = 'refused'))::int AS refused,
                (count(*) FILTER (WHERE outcome = 'there-already'))::int AS there, min(office) AS office
           FROM review_import_row WHERE import_id = $1`,
        [id],
      );
    const { waiting = 0, taken = 0, refused = 0, there: thereAlready = 0, office = null } = counts ?? {};
    if (waiting > 0) throw new Error(`${String(waiting)} lines are still being worked on`);
    const now = this.clock.now();
    await this.unitOfWork.manager.query(`UPDATE review_import SET finished_at = $2 WHERE id = $1`, [id, now]);
    const facts = { importId: id, taken, refused, thereAlready };
    const event = { type: 'reviews.import-finished', schemaVersion: 1, data: facts, effectiveAt: now };
    await this.store.append([{ stream: reviewImportStream(id), office, expectedVersion: 1, events: [event] }]);
  }

  /** The next line without an outcome; false when none is left. */
  private async settleNext(found: ImportRow, context: PlanContext): Promise<boolean> {
    let line: number | null = null;
    let oldReference: string | null = null;
    try {
      return await this.unitOfWork.run(async (manager) => {
        const [next]: { line: number; cells: string[] }[] = await manager.query(
          `SELECT line, cells FROM review_import_row WHERE import_id = $1 AND outcome IS NULL
            ORDER BY line LIMIT 1 FOR UPDATE SKIP LOCKED`,
          [found.id],
        );
        if (!next) return false;
        line = next.line;
        const plan = planRow(found.headers, next.cells, found.mapping, context);
        oldReference = plan.oldReference;
        const known =
          oldReference === null
            ? undefined
            : (await this.importer.known(found.office, [oldReference])).get(oldReference);
        if (known !== undefined) {
          const about = { oldReference, reference: known };
          await this.note(found.id, line, { outcome: 'there-already', message: 'Was taken over before', ...about });
        } else if (plan.planned === null) {
          const message = plan.problems.join('. ');
          await this.note(found.id, line, { outcome: 'refused', message, oldReference, reference: null });
        } else {
          const reference = await this.importer.take(plan.planned, found.office, found.id);
          await this.note(found.id, line, { outcome: 'taken', message: 'Taken over', oldReference, reference });
        }
        return true;
      });
    } catch (error) {
      if (line === null || !(error instanceof DomainError)) throw error;
      const refused = line;
      const about = { oldReference, reference: null };
      await this.unitOfWork.run(() =>
        this.note(found.id, refused, { outcome: 'refused', message: error.message, ...about }),
      );
      return true;
    }
  }

  /** What the sheet said of people is not kept beside the case: of a line only its outcome stays. */
  private async note(id: string, line: number, { outcome, message, oldReference, reference }: Settled): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE review_import_row SET outcome = $3, message = $4, old_reference = $5, reference = $6, cells = NULL
        WHERE import_id = $1 AND line = $2 AND outcome IS NULL`,
      [id, line, outcome, message, oldReference, reference],
    );
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
