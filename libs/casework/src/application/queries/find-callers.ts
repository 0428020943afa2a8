import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { UnitOfWork, currentCaller } from '@app/platform';

/** Somebody who has been in touch before, with what one must know before speaking with them. */
export interface CallerView {
  readonly id: string;
  readonly office: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly postcode: string | null;
  readonly organisation: string | null;
  readonly adjustments: string | null;
  readonly safeContactNote: string | null;
  readonly contactRestriction: string | null;
  readonly openCases: readonly { readonly reference: string; readonly subject: string }[];
}

/** Known correspondents of one office by part of a telephone number, a name, an organisation or an address. */
export class FindCallers extends Query<readonly CallerView[]> {
  constructor(
    readonly office: string,
    readonly text: string,
  ) {
    super();
  }
}

const FEWEST_DIGITS = 4;
const FEWEST_LETTERS = 2;
const MOST_FOUND = 8;

@QueryHandler(FindCallers)
export class FindCallersHandler implements IQueryHandler<FindCallers> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute({ office, text }: FindCallers): Promise<readonly CallerView[]> {
    const { offices } = currentCaller();
    // As dialled: 01632 960123 and +44 1632 960123 share what comes after the prefix.
    const digits = text.replace(/\D/g, '').replace(/^(0044|44|0)/, '');
    const isNumber = digits.length >= FEWEST_DIGITS && !/[a-z@]/i.test(text);
    const words = text.trim().toLowerCase();
    if (!offices.includes(office) || (!isNumber && words.length < FEWEST_LETTERS)) return [];
    const condition = isNumber
      ? `regexp_replace(p.phone, '\\D', '', 'g') LIKE '%' || $2 || '%'`
      : `(lower(p.name) LIKE '%' || $2 || '%' OR lower(p.email) LIKE $2 || '%' OR lower(p.organisation) LIKE '%' || $2 || '%')`;
    return this.unitOfWork.run((manager): Promise<CallerView[]> =>
      manager.query(
        `SELECT p.id, p.office, p.name, p.phone, p.email, p.postcode, p.organisation, p.adjustments,
                p.safe_contact_note AS "safeContactNote", p.contact_restriction AS "contactRestriction",
                coalesce((SELECT json_agg(o) FROM (
                  SELECT c.reference, c.subject FROM case_file c
                   WHERE c.correspondent_id = p.id AND c.closed_at IS NULL ORDER BY c.received_at DESC LIMIT 3) o), '[]') AS "openCases"
           FROM correspondent p WHERE p.office = $1 AND ${condition}
          ORDER BY lower(p.name) NULLS LAST, p.id LIMIT ${String(MOST_FOUND)}`,
        [office, isNumber ? digits : words.replace(/[\\%_]/g, '\\$&')],
      ),
    );
  }
}
