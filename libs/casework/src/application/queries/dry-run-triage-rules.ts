import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { can } from '@app/access';
import { londonDate, Clock } from '@app/kernel';
import { Configuration, InvalidConfiguration, OfficeNotFound, proposedErrors } from '@app/offices';
import { UnitOfWork, currentCaller, runAs } from '@app/platform';
import { compareTriage, type Proposal } from '../../domain/triage/compare-triage';
import type { Capacity, Channel, TriageRule, TriageRuleData } from '../../domain/triage/configuration';
import { CaseworkConfigurationCheck } from '../configuration/casework-configuration-check';

export const MOST_TRIED = 1000;

/** A rule as it would be; `data` null: without it. */
export interface RuleChange {
  readonly key: string;
  readonly data: unknown;
}

export interface TriedCase {
  readonly reference: string;
  /** Null for those who may not read cases. */
  readonly subject: string | null;
  readonly receivedOn: string;
  readonly before: Proposal;
  readonly after: Proposal;
}

export interface DryRun {
  readonly office: string;
  /** Cases that were looked at, the newest first. */
  readonly tried: number;
  readonly different: number;
  /** How many letters each category had and would have; only those that differ. */
  readonly categories: readonly { readonly category: string; readonly before: number; readonly after: number }[];
  readonly cases: readonly TriedCase[];
}

interface LetterRow {
  case_id: string;
  reference: string;
  received_on: string;
  channel: Channel;
  subject: string;
  text: string;
  sender: string | null;
  capacity: Capacity | null;
  recipients: number;
  has_attachment: boolean;
  is_restricted: boolean;
}

/** What changed triage rules would have made of the newest cases of an office. Nothing is stored but who looked. */
export class DryRunTriageRules extends Query<DryRun> {
  constructor(
    readonly office: string,
    readonly changes: readonly RuleChange[],
    readonly limit = 200,
  ) {
    super();
  }
}

/**
 * Both sides are today's rules without and with the changes, so that only the changes show. Who may not read cases
 * learns references and categories, neither subjects nor reasons; cases of restricted queues are left out for them.
 */
@QueryHandler(DryRunTriageRules)
export class DryRunTriageRulesHandler implements IQueryHandler<DryRunTriageRules> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly configuration: Configuration,
    private readonly check: CaseworkConfigurationCheck,
    private readonly clock: Clock,
  ) {}

  async execute({ office, changes, limit }: DryRunTriageRules): Promise<DryRun> {
    const caller = currentCaller();
    const { offices, role } = caller;
    if (!offices.includes(office)) throw new OfficeNotFound(office);
    const today = londonDate(this.clock.now());
    const current = await this.configuration.entries<TriageRule>('triage-rule');
    const proposed = this.proposed(current, changes, office, today);
    const seesCases = can(role, 'case:read');
    // Letters are read to try rules on them; what comes out for an administrator shows nothing of what they say.
    const reader = seesCases ? caller : { ...caller, role: 'triage-trial' };
    const letters = await runAs(reader, () => this.letters(office, Math.min(limit, MOST_TRIED)));
    const counts = new Map<string, { before: number; after: number }>();
    const cases: TriedCase[] = [];
    for (const letter of letters) {
      const { before, after, isDifferent } = compareTriage(itemOf(letter, office), current, proposed, today);
      count(counts, before.category, 'before');
      count(counts, after.category, 'after');
      if (!isDifferent) continue;
      cases.push({
        reference: letter.reference,
        receivedOn: letter.received_on,
        subject: seesCases ? letter.subject : null,
        before: seesCases ? before : withoutReasons(before),
        after: seesCases ? after : withoutReasons(after),
      });
    }
    const categories = [...counts]
      .filter(([, { before, after }]) => before !== after)
      .map(([category, counted]) => ({ category, ...counted }))
      .sort((a, b) => (a.category < b.category ? -1 : 1));
    return { office, tried: letters.length, different: cases.length, categories, cases };
  }

  /** @throws InvalidConfiguration naming the rule by its place. */
  private proposed(
    current: readonly TriageRule[],
    changes: readonly RuleChange[],
    office: string,
    today: string,
  ): TriageRule[] {
    const errors = changes.flatMap(({ key, data }, index) =>
      data === null ? [] : this.errorsOf(key, data, office, today, `/changes/${String(index)}`),
    );
    if (errors.length > 0) throw new InvalidConfiguration(errors);
    const changed = new Set(changes.map(({ key }) => key));
    const added = changes.flatMap(({ key, data }): TriageRule[] =>
      data === null
        ? []
        : [{ kind: 'triage-rule', key, office, validFrom: today, validTo: null, data: data as TriageRuleData }],
    );
    return [...current.filter((rule) => !changed.has(rule.key)), ...added];
  }

  private errorsOf(
    key: string,
    data: unknown,
    office: string,
    today: string,
    at: string,
  ): { pointer: string; message: string }[] {
    const basic = proposedErrors('triage-rule', key, data);
    const proposed = { kind: 'triage-rule', key, office, validFrom: today, data };
    const errors = basic.length > 0 ? basic : this.check.wrongWith(proposed);
    return errors.map(({ pointer, message }) => ({ pointer: `${at}${pointer}`, message }));
  }

  /** The first letter of each case, through a function that shows only the caller's offices, and records the look. */
  private letters(office: string, limit: number): Promise<LetterRow[]> {
    const { actor, correlationId } = currentCaller();
    return this.unitOfWork.run(async (manager) => {
      const rows: LetterRow[] = await manager.query(`SELECT * FROM triage_letters($1, $2)`, [office, limit]);
      await manager.query(
        `INSERT INTO access_record (actor, office, case_id, action, correlation_id)
         SELECT $1, $2, id, 'triage-dry-run', $3 FROM unnest($4::uuid[]) AS id`,
        [`${actor.kind}:${actor.id}`, office, correlationId, rows.map(({ case_id }) => case_id)],
      );
      return rows;
    });
  }
}

function itemOf(letter: LetterRow, office: string): Parameters<typeof compareTriage>[0] {
  return {
    office,
    channel: letter.channel,
    subject: letter.subject,
    body: letter.text,
    senderAddress: letter.sender,
    capacity: letter.capacity,
    recipientCount: letter.recipients,
    isCopyOnly: false,
    hasAttachment: letter.has_attachment,
    isRestrictedCorrespondent: letter.is_restricted,
  };
}

function withoutReasons({ category, priority, queue }: Proposal): Proposal {
  return { category, priority, queue, reasons: [], ruleKeys: [] };
}

function count(
  counts: Map<string, { before: number; after: number }>,
  category: string,
  side: 'before' | 'after',
): void {
  const known = counts.get(category) ?? { before: 0, after: 0 };
  known[side]++;
  counts.set(category, known);
}
