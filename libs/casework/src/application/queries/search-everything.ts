import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { parseReference } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import { guessReferences } from './reference-guess';
import { peopleQuery } from './search-words';

/** A common word is in most letters: no more than these are looked at, and the list says so. */
const MOST_MESSAGES = 2000;
const MOST_PEOPLE = 500;
// Private-use characters that the text itself has lost: what stands between them was found, and nothing else can be.
const [MARK, UNMARK] = ['\uE000', '\uE001'];

/** A piece of text; `found` where it is what was searched for. */
export interface SnippetPart {
  readonly text: string;
  readonly found: boolean;
}

export interface SearchHit {
  readonly reference: string;
  readonly office: string;
  readonly subject: string;
  readonly correspondent: string | null;
  readonly correspondentId: string | null;
  readonly status: string;
  readonly isOpen: boolean;
  readonly receivedOn: string;
  readonly assignee: string | null;
  /** From the letter that fits best; empty where the person was found. */
  readonly snippet: readonly SnippetPart[];
}

export interface SearchResult {
  readonly hits: readonly SearchHit[];
  readonly open: number;
  readonly closed: number;
  /** There may be more than were looked at. */
  readonly isCut: boolean;
  /** Cases that a reference with a slip in it may have meant. */
  readonly meant: readonly string[];
}

/** Cases by reference, words of their letters, and name, address or number of their correspondent. */
export class SearchEverything extends Query<SearchResult> {
  constructor(
    readonly text: string,
    readonly show: 'all' | 'open' | 'closed',
    readonly limit: number,
  ) {
    super();
  }
}

type Row = Omit<SearchHit, 'snippet'> & { snippet: string | null; open: number; closed: number; looked: number };

const NONE: SearchResult = { hits: [], open: 0, closed: 0, isCut: false, meant: [] };

@QueryHandler(SearchEverything)
export class SearchEverythingHandler implements IQueryHandler<SearchEverything> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  execute({ text, show, limit }: SearchEverything): Promise<SearchResult> {
    if (text.trim() === '') return Promise.resolve(NONE);
    const { offices } = currentCaller();
    const reference = parseReference(text)?.reference ?? null;
    return this.unitOfWork.run(async (manager) => {
      const guesses = reference === null ? guessReferences(text) : [];
      const meant: { reference: string }[] =
        guesses.length === 0
          ? []
          : await manager.query(`SELECT reference FROM case_file WHERE reference = ANY ($1) AND office = ANY ($2)`, [
              guesses,
              offices,
            ]);
      const rows: Row[] = await manager.query(SEARCH, [
        text,
        offices,
        MOST_MESSAGES,
        peopleQuery(text) ?? '',
        MOST_PEOPLE,
        reference,
        show,
        limit,
        `StartSel=${MARK}, StopSel=${UNMARK}, MaxFragments=2, MaxWords=22, MinWords=8, FragmentDelimiter=" … "`,
        MARK + UNMARK,
      ]);
      const [first] = rows;
      return {
        hits: rows.map(({ open: _open, closed: _closed, looked: _looked, snippet, ...hit }) => ({
          ...hit,
          snippet: snippetParts(snippet ?? ''),
        })),
        open: first?.open ?? 0,
        closed: first?.closed ?? 0,
        isCut: (first?.looked ?? 0) >= MOST_MESSAGES,
        meant: meant.map((each) => each.reference),
      };
    });
  }
}

/** Splits at our own marks only: the text itself is never HTML here. */
export function snippetParts(marked: string): SnippetPart[] {
  const parts: SnippetPart[] = [];
  let found = false;
  for (const text of marked.split(/[\uE000\uE001]/)) {
    if (text !== '') parts.push({ text, found });
    found = !found;
  }
  return parts;
}

const SEARCH = `
  WITH words AS MATERIALIZED (SELECT * FROM search_messages($1, $2, $3)),
  hits AS (
    SELECT case_id, message_id, rank FROM words
    UNION ALL
    SELECT c.id, NULL, 2 FROM case_file c
     WHERE $4 <> '' AND c.correspondent_id IN (SELECT search_correspondents($4, $2, $5)) AND c.office = ANY ($2)
    UNION ALL
    SELECT c.id, NULL, 3 FROM case_file c WHERE c.reference = $6 AND c.office = ANY ($2)),
  best AS (SELECT case_id, min(message_id::text)::uuid AS message_id, max(rank) AS rank FROM hits GROUP BY case_id),
  found AS (
    SELECT c.id, c.reference, c.office, c.subject, c.correspondent_id, c.status, c.assignee, c.received_on,
           c.closed_at IS NULL AS is_open, b.message_id, b.rank, c.received_at,
           count(*) FILTER (WHERE c.closed_at IS NULL) OVER () AS open,
           count(*) FILTER (WHERE c.closed_at IS NOT NULL) OVER () AS closed
      FROM best b JOIN case_file c ON c.id = b.case_id AND c.office = ANY ($2)),
  shown AS (
    SELECT * FROM found WHERE $7 = 'all' OR ($7 = 'open') = is_open ORDER BY (rank >= 2) DESC, rank DESC, received_at DESC LIMIT $8)
  SELECT s.reference, s.office, s.subject, coalesce(p.name, p.organisation, p.email, p.phone) AS correspondent,
         p.id AS "correspondentId", s.status, s.is_open AS "isOpen", s.received_on::text AS "receivedOn", s.assignee,
         s.open::int, s.closed::int, (SELECT count(*)::int FROM words) AS looked,
         CASE WHEN m.id IS NULL THEN NULL ELSE ts_headline('english'::regconfig,
           translate(left(m.text, 20000), $10, ''), websearch_to_tsquery('english', $1), $9) END AS snippet
    FROM shown s LEFT JOIN correspondent p ON p.id = s.correspondent_id LEFT JOIN case_message m ON m.id = s.message_id
   ORDER BY (s.rank >= 2) DESC, s.rank DESC, s.received_at DESC`;
