import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FieldError } from '@app/kernel';
import { templateProblems } from '@app/notifications';
import { ConfigurationChecks, type ConfigurationCheck, type EndingEntry, type ProposedEntry } from '@app/offices';
import { UnitOfWork } from '@app/platform';
import type { RiskPhraseSetData, TemplateData, TriageRuleData } from '../../domain/triage/configuration';
import { InvalidPhrase, parsePhrase, type WordGroups } from '../../domain/triage/phrase';
import { MERGE_FIELDS } from './merge-fields';

const WORDS = ['anyWords', 'allWords', 'noneWords', 'subjectWords', 'placeWords'] as const;
const NEVER_ENDING: Readonly<Record<string, readonly string[]>> = {
  category: ['general-enquiry'],
  queue: ['triage', 'safeguarding'],
  template: ['acknowledgement', 'forward-to-destination', 'forward-notice-to-sender'],
};

/** What casework needs of the configuration that it reads: a phrase that cannot be read would stop all triage. */
@Injectable()
export class CaseworkConfigurationCheck implements ConfigurationCheck, OnModuleInit {
  readonly kinds = ['triage-rule', 'risk-phrase', 'template', 'queue', 'category'];

  constructor(
    private readonly checks: ConfigurationChecks,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  onModuleInit(): void {
    this.checks.register(this);
  }

  wrongWith({ kind, data }: ProposedEntry): FieldError[] {
    if (kind === 'triage-rule') return ruleErrors(data as TriageRuleData);
    if (kind === 'risk-phrase') return riskErrors(data as RiskPhraseSetData);
    if (kind === 'template') return templateErrors(data as TemplateData);
    return [];
  }

  async neededBy({ kind, key, office, lastDay, today }: EndingEntry): Promise<string[]> {
    if (NEVER_ENDING[kind]?.includes(key) && office === null) {
      return [`The product itself uses “${key}”: it can be changed, but not ended.`];
    }
    if (kind !== 'queue') return [];
    if (NEVER_ENDING.queue?.includes(key))
      return [`The product itself uses the queue “${key}”: it can be changed, but not ended.`];
    // An end that is planned leaves time to move them.
    if (lastDay >= today) return [];
    const [row]: { open: number }[] = await this.unitOfWork.manager.query(
      `SELECT open_cases_in_queue($1, $2) AS open`,
      [office, key],
    );
    const open = row?.open ?? 0;
    if (open === 0) return [];
    return [
      open === 1
        ? 'One open case is in this queue: move it first.'
        : `${String(open)} open cases are in this queue: move them first.`,
    ];
  }
}

function ruleErrors({ when }: TriageRuleData): FieldError[] {
  return WORDS.flatMap((words) => phraseErrors(when[words] ?? [], {}, `/data/when/${words}`));
}

function riskErrors({ groups, phrases }: RiskPhraseSetData): FieldError[] {
  return phrases.flatMap(({ phrase, unless }, index) => [
    ...phraseErrors([phrase], groups, `/data/phrases/${String(index)}/phrase`),
    ...phraseErrors(unless ?? [], groups, `/data/phrases/${String(index)}/unless`),
  ]);
}

function phraseErrors(phrases: readonly string[], groups: WordGroups, pointer: string): FieldError[] {
  return phrases.flatMap((phrase, index) => {
    try {
      parsePhrase(phrase, groups);
      return [];
    } catch (error) {
      if (!(error instanceof InvalidPhrase)) throw error;
      return [{ pointer, message: `line ${String(index + 1)}: ${error.message}` }];
    }
  });
}

function templateErrors({ subject, body }: TemplateData): FieldError[] {
  const fields = MERGE_FIELDS.map(({ name }) => name);
  return templateProblems({ subject, body }, fields).map(({ part, message }) => ({
    pointer: `/data/${part}`,
    message,
  }));
}
