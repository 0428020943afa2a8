import type { DryRun, TriedCase } from '@app/casework';
import { dayInWords } from '@app/kernel';
import { titleOfEntry } from '@app/offices';
import { officeName, type Titles } from './entry-models';
import { inWords } from './forms/form-field';

const MOST_SHOWN = 50;

/** What a trial of triage rules found, as the page shows it. */
export function trialModel(run: DryRun, titles: Titles): object {
  const category = (key: string): string => titles.get(`category ${key}`) ?? titleOfEntry(key, null);
  const queue = (key: string | null): string | null =>
    key === null ? null : (titles.get(`queue ${key}`) ?? titleOfEntry(key, null));
  const side = ({ category: key, priority, queue: to }: TriedCase['before']): string =>
    [category(key), inWords(priority), ...(queue(to) === null ? [] : [`queue ${String(queue(to))}`])].join(', ');
  return {
    office: officeName(run.office),
    tried: run.tried,
    different: run.different,
    more: Math.max(0, run.cases.length - MOST_SHOWN),
    categories: run.categories.map(({ category: key, before, after }) => ({
      name: category(key),
      before,
      after,
      change: after - before > 0 ? `${String(after - before)} more` : `${String(before - after)} fewer`,
    })),
    showsSubjects: run.cases.some(({ subject }) => subject !== null),
    cases: run.cases.slice(0, MOST_SHOWN).map((each) => ({
      reference: each.reference,
      subject: each.subject,
      receivedOn: dayInWords(each.receivedOn),
      before: side(each.before),
      after: side(each.after),
      reasons: each.after.reasons,
    })),
  };
}
