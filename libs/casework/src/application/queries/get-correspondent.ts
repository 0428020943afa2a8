import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';
import type { CorrespondentRecord } from '../../domain/correspondent';
import { CorrespondentNotFound } from '../../domain/correspondent.errors';

export const CORRESPONDENT_COLUMNS = `p.name, p.organisation, p.email, p.phone, p.postcode, p.capacity,
  p.preferred_channel AS "preferredChannel", p.adjustments, p.safe_contact_note AS "safeContactNote",
  p.contact_restriction AS "contactRestriction"`;

/** One person, body or address that writes to an office. */
export interface CorrespondentView extends CorrespondentRecord {
  readonly id: string;
  readonly office: string;
  readonly since: string;
  readonly cases: number;
  /** For `ChangeCorrespondent`. */
  readonly version: number;
}

/** One correspondent of the caller's offices. The reading is recorded. */
export class GetCorrespondent extends Query<CorrespondentView> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(GetCorrespondent)
export class GetCorrespondentHandler implements IQueryHandler<GetCorrespondent> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @throws CorrespondentNotFound */
  execute({ id }: GetCorrespondent): Promise<CorrespondentView> {
    const { offices, actor, correlationId } = currentCaller();
    return this.unitOfWork.run(async (manager) => {
      const [row]: CorrespondentView[] = await manager.query(
        `SELECT p.id, p.office, ${CORRESPONDENT_COLUMNS},
                (p.created_at AT TIME ZONE 'Europe/London')::date::text AS since,
                (SELECT count(*)::int FROM case_file c WHERE c.correspondent_id = p.id AND c.office = p.office) AS cases,
                coalesce((SELECT h.version FROM stream_head h WHERE h.stream = 'correspondent-' || p.id), 0) AS version
           FROM correspondent p WHERE p.id::text = $1 AND p.office = ANY ($2)`,
        [id, offices],
      );
      if (!row) throw new CorrespondentNotFound();
      await manager.query(
        `INSERT INTO access_record (actor, office, correspondent_id, action, correlation_id)
         VALUES ($1, $2, $3, 'correspondent-read', $4)`,
        [`${actor.kind}:${actor.id}`, row.office, row.id, correlationId],
      );
      return row;
    });
  }
}
