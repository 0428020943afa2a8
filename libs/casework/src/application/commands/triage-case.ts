import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CaseChanges, type CaseTarget } from '../case-changes';
import { CaseSettings } from '../case-settings';
import { CaseTexts } from '../case-texts';

export interface TriageInput {
  readonly category: string;
  readonly priority: string | null;
  readonly queue: string | null;
  /** Why a person decided otherwise than the rules. */
  readonly reason: string | null;
}

/** A person sorts a case: category, priority, queue. */
export class TriageCase extends Command<string> {
  constructor(
    readonly target: CaseTarget,
    readonly input: TriageInput,
  ) {
    super();
  }
}

@CommandHandler(TriageCase)
export class TriageCaseHandler implements ICommandHandler<TriageCase> {
  constructor(
    private readonly changes: CaseChanges,
    private readonly settings: CaseSettings,
    private readonly texts: CaseTexts,
  ) {}

  execute({ target, input }: TriageCase): Promise<string> {
    return this.changes.byReference(target, async (caseFile, { now, counter, newId }) => {
      const { office, id, channel, priority, area } = caseFile.snapshot();
      const category = await this.settings.category(input.category, office);
      if (input.queue !== null) await this.settings.queue(input.queue, office);
      caseFile.triage(
        {
          category: category.key,
          kind: category.data.caseKind,
          priority: input.priority ?? priority,
          queue: input.queue ?? category.data.queue,
          rulesVersion: null,
          ruleKeys: [],
          reasons: ['decided by a person'],
          byPerson: true,
          reason: input.reason === null ? null : await this.texts.keep(office, id, input.reason),
          area,
          clocks: await this.settings.clocks(category.key, channel, office, this.settings.today()),
        },
        counter,
        newId,
        now,
      );
    });
  }
}
