import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { People } from '@app/access';
import { CaseLetters, CaseRepository, CaseSettings } from '@app/casework';
import { DraftDocument, IssueDocument, ListDocuments, type DocumentLine } from '@app/documents';
import { UnitOfWork } from '@app/platform';
import type { IssuedLetter } from '../../domain/review-state';
import { ReviewRuleRefused } from '../../domain/review.errors';
import { GetReviewRecommendations } from '../queries/get-review-recommendations';
import type { ReviewView } from '../queries/review-view';
import { FORCE } from '../review-letters';
import { decisionFields, WRITTEN_FIELDS, type DecisionFacts, type DecisionReader } from './decision-words';

/** Somebody who gets a letter of the decision (R1.55), and how far that letter is. */
export interface DecisionLetter {
  /** `applicant`, `authority` or the id of a party. */
  readonly party: string;
  readonly reader: DecisionReader;
  readonly name: string | null;
  /** "Applicant", "Appropriate authority", "Interested person" … */
  readonly role: string;
  /** Null: it is printed and sent by post. */
  readonly email: string | null;
  readonly addressee: readonly string[];
  readonly document: DocumentLine | null;
}

const TEMPLATES: Readonly<Record<DecisionReader, string>> = {
  applicant: 'review-decision-applicant',
  authority: 'review-decision-authority',
  party: 'review-decision-party',
};
const COVER = 'review-decision-cover';
const KIND = 'decision-letter';
const ROLES: Readonly<Record<string, string>> = {
  'interested-person': 'Interested person',
  'person-complained-against': 'Person complained against',
};

/** The letters that tell what was decided: one to each who must be told, each with what they may see. */
@Injectable()
export class DecisionLetters {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly people: People,
    private readonly cases: CaseRepository,
    private readonly letters: CaseLetters,
    private readonly casework: CaseSettings,
  ) {}

  async of(view: ReviewView): Promise<DecisionLetter[]> {
    const documents = await this.queries.execute(new ListDocuments(view.state.reference));
    const letterTo = (party: string): DocumentLine | null =>
      documents.find(({ kind }) => kind === kindOf(party)) ?? null;
    return (await this.readers(view)).map((each) => ({ ...each, document: letterTo(each.party) }));
  }

  /** Drafts what is not drafted yet, from the findings. Answers how many. */
  async draft(view: ReviewView): Promise<number> {
    const missing = (await this.of(view)).filter(({ document }) => document === null);
    if (missing.length === 0) return 0;
    const facts = await this.facts(view);
    const { decidedBy, particulars, reference } = view.state;
    const names = await this.people.names(decidedBy === null ? [] : [decidedBy]);
    for (const { party, reader, name, role, addressee } of missing) {
      const fields = {
        ...decisionFields(facts, reader),
        decisionReader: name,
        decisionSignatory: names.get(decidedBy ?? '') ?? null,
        decisionRole: view.delegation?.delegatedTo ?? null,
        forceReference: particulars.forceReference,
      };
      const input = {
        kind: kindOf(party),
        title: `Decision: ${role.toLowerCase()}`,
        party: name === null ? role : `${role}: ${name}`,
        addressee,
        template: TEMPLATES[reader],
        fields,
        written: WRITTEN_FIELDS,
        yourReference: reader === 'authority' ? particulars.forceReference : null,
        marking: 'OFFICIAL',
      };
      await this.commands.execute(new DraftDocument(reference, input));
    }
    return missing.length;
  }

  /** Sends every letter as it was approved: by mail with the PDF in it, else by post. @throws ReviewRuleRefused */
  async issue(view: ReviewView, cautionRead: boolean): Promise<IssuedLetter[]> {
    const { reference, id } = view.state;
    const all = await this.of(view);
    const open = all.filter(({ document }) => !isReadyLetter(document));
    if (open.length > 0) {
      throw new ReviewRuleRefused(
        `A letter is not approved yet: ${open.map(({ role }) => role.toLowerCase()).join(', ')}.`,
      );
    }
    const cover = await this.letters.render(await this.cases.load(id), COVER);
    const issued: IssuedLetter[] = [];
    for (const { party, email, document } of all) {
      if (document === null) continue;
      if (document.status === 'issued') {
        issued.push({ party, documentId: document.id, channel: document.issuedWay === 'email' ? 'email' : 'letter' });
        continue;
      }
      const toOther = party !== 'applicant';
      const input =
        email === null
          ? { way: 'post' as const, cautionRead, toOther }
          : { way: 'email' as const, to: email, ...cover, cautionRead, toOther };
      await this.commands.execute(new IssueDocument({ reference, id: document.id, ifVersion: null }, input));
      issued.push({ party, documentId: document.id, channel: email === null ? 'letter' : 'email' });
    }
    return issued;
  }

  private async readers(view: ReviewView): Promise<Omit<DecisionLetter, 'document'>[]> {
    const { office, id } = view.state;
    const [person]: {
      name: string | null;
      email: string | null;
      organisation: string | null;
      postcode: string | null;
    }[] = await this.unitOfWork.manager.query(
      `SELECT p.name, p.email, p.organisation, p.postcode FROM case_file c JOIN correspondent p ON p.id = c.correspondent_id
          WHERE c.id = $1`,
      [id],
    );
    const { data: force } = await this.casework.destination(FORCE, office);
    const lines = (...parts: readonly (string | null | undefined)[]): string[] =>
      parts.filter((part) => typeof part === 'string' && part !== '') as string[];
    return [
      {
        party: 'applicant',
        reader: 'applicant',
        name: person?.name ?? null,
        role: 'Applicant',
        email: person?.email ?? null,
        addressee: lines(person?.name, person?.organisation, person?.postcode),
      },
      {
        party: 'authority',
        reader: 'authority',
        name: force.name,
        role: 'Appropriate authority',
        email: force.email,
        addressee: [force.name],
      },
      ...view.parties.map(({ id: party, role, name, email, address }) => ({
        party,
        reader: 'party' as const,
        name,
        role: ROLES[role] ?? role,
        email,
        addressee: lines(name, ...(address ?? '').split('\n').map((line) => line.trim())),
      })),
    ];
  }

  private async facts(view: ReviewView): Promise<DecisionFacts> {
    const { state, allegations, papers, observations } = view;
    const { recommendations } = await this.queries.execute(new GetReviewRecommendations(state.reference));
    const { force } = await this.casework.office(state.office);
    const paperName = (key: string): string => papers.find(({ paper }) => paper === key)?.name ?? key;
    if (state.outcome === null) throw new ReviewRuleRefused('Nothing is decided yet.');
    return {
      outcome: state.outcome,
      force,
      papers: papers.filter(({ receivedOn }) => receivedOn !== null).map(({ name }) => name),
      allegations: allegations.flatMap(({ category, text, finding, reasons, evidence }) =>
        finding === null
          ? []
          : [
              {
                category,
                text,
                finding,
                reasons: reasons ?? '',
                evidence: evidence.map(({ paper, page }) =>
                  page === null ? paperName(paper) : `${paperName(paper)}, page ${page}`,
                ),
              },
            ],
      ),
      observations,
      recommendations: recommendations
        .filter(({ status }) => status !== 'withdrawn')
        .map(({ typeName, text, responseDueOn }) => ({ type: typeName, text, answerBy: responseDueOn })),
    };
  }
}

/** Approved, or given to its reader before the others. */
export function isReadyLetter(document: DocumentLine | null): boolean {
  return document?.status === 'approved' || document?.status === 'issued';
}

/** The kind of a document says whose letter it is: a code or the id of a party. */
function kindOf(party: string): string {
  return `${KIND}-${party}`;
}
