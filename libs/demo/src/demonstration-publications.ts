import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { DEMONSTRATION_PEOPLE } from '@app/access';
import { addDays, Clock, londonDate, startOfLondonDay } from '@app/kernel';
import { Offices } from '@app/offices';
import { ProjectionRunner, runAs, systemCaller, UnitOfWork } from '@app/platform';
import {
  lastCompleteQuarter,
  PastPublications,
  publicationKind,
  quartersUpTo,
  RecordBulletin,
  type FinancialQuarter,
  type Narrative,
  type PastPublishing,
} from '@app/publication';
import { managerOf } from './history/staff';

const KIND = 'specified-information-complaints';
const QUARTERS = 4;
const BEGUN_AFTER_DAYS = 14;
const PUBLISHED_AFTER_DAYS = 22;
const CORRECTED_AFTER_DAYS = 36;
const CORRECTED_OFFICE = 'west-mercia';
const NOTE =
  'The number of people who answered the survey was given as 41; it was 47. The figures on this page did not change.';
/** What the figures are counted from has to have read the history first. */
const PROJECTIONS = ['timeliness', 'review-figures'];

/** Publishes the last quarters of each office of the demonstration, as it was done after each of them. */
@Injectable()
export class DemonstrationPublications {
  constructor(
    private readonly past: PastPublications,
    private readonly commands: CommandBus,
    private readonly projections: ProjectionRunner,
    private readonly offices: Offices,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Nothing where there is no history of a year, or something is published already. */
  async publishLastQuarters(say: (line: string) => void = () => undefined): Promise<void> {
    const now = this.clock.now();
    const quarters = quartersUpTo(lastCompleteQuarter(londonDate(now)), QUARTERS);
    if (!(await this.isWanted(quarters[0]?.from ?? londonDate(now)))) return;
    say('Publishing the last quarters …');
    for (const name of PROJECTIONS) await this.projections.catchUp(name);
    for (const { id } of await this.offices.all()) await this.publish(id, quarters, now);
  }

  private async publish(office: string, quarters: readonly FinancialQuarter[], now: Date): Promise<void> {
    const [author, checker] = peopleOf(office);
    for (const [index, quarter] of quarters.entries()) {
      const on = (days: number): Date =>
        new Date(startOfLondonDay(addDays(quarter.to, days)).getTime() + 10 * 3_600_000);
      const publishing = (begun: number, published: number, corrected: boolean): PastPublishing => ({
        ...{ author, checker, begunAt: on(begun), publishedAt: on(published) },
        narratives: narrativesOf(index, corrected),
      });
      // A quarter that ended days ago is still to be published.
      if (on(PUBLISHED_AFTER_DAYS) > now) return;
      if (index === quarters.length - 1) await this.recordBulletin(office, quarter);
      const { from, to } = quarter;
      const isCorrected =
        office === CORRECTED_OFFICE && index === quarters.length - 1 && on(CORRECTED_AFTER_DAYS) <= now;
      const id = await this.past.publish(
        { office, kind: KIND, from, to },
        publishing(BEGUN_AFTER_DAYS, PUBLISHED_AFTER_DAYS, !isCorrected),
      );
      if (isCorrected) {
        const correction = publishing(CORRECTED_AFTER_DAYS - 1, CORRECTED_AFTER_DAYS, true);
        await this.past.correct({ id, office, note: NOTE }, correction);
      }
    }
  }

  /** The bulletin of the quarter before, which the IOPC publishes after it. */
  private async recordBulletin(office: string, { from, to }: FinancialQuarter): Promise<void> {
    const covered = lastCompleteQuarter(from);
    const name = `Q${String(covered.number)} ${covered.year}`;
    const bulletin = {
      office,
      kind: 'quarterly-data',
      title: `Police complaints information bulletin, ${name}`,
      publishedOn: addDays(to, 8),
      from: covered.from,
      to: covered.to,
      link: `https://iopc.example/bulletins/${office}-${covered.from}.pdf`,
      file: null,
    };
    await runAs({ ...systemCaller('demonstration'), offices: [office] }, () =>
      this.commands.execute(new RecordBulletin(bulletin)),
    );
  }

  private isWanted(before: string): Promise<boolean> {
    return runAs(systemCaller('demonstration'), () =>
      this.unitOfWork.run(async (manager) => {
        const [row]: { wanted: boolean }[] = await manager.query(
          `SELECT EXISTS (SELECT FROM case_file WHERE received_on < $1) AND NOT EXISTS (SELECT FROM publication) AS wanted`,
          [before],
        );
        return row?.wanted === true;
      }),
    );
  }
}

/** Who writes and who checks: the review manager of all offices, and the manager or the commissioner of the office. */
function peopleOf(office: string): readonly [author: string, checker: string] {
  const reviewer = DEMONSTRATION_PEOPLE.find(({ role }) => role === 'review-manager')?.id ?? '';
  const checker = [
    managerOf(office),
    ...DEMONSTRATION_PEOPLE.filter(({ role }) => role === 'manager').map(({ id }) => id),
  ];
  return [reviewer, checker.find((id) => id !== reviewer && id !== '') ?? ''];
}

/** What the office says, a little otherwise each quarter; without the correction a number is wrong. */
function narrativesOf(quarter: number, isCorrect: boolean): readonly Narrative[] {
  const texts = JSON.parse(readFileSync(join(__dirname, 'data', 'narratives.json'), 'utf8')) as Readonly<
    Record<string, readonly string[]>
  >;
  const sections = publicationKind(KIND)?.parts.flatMap((part) => part.sections) ?? [];
  return sections
    .filter(({ models }) => models === undefined)
    .map(({ key }) => {
      const all = texts[key] ?? [];
      const text = all[quarter % Math.max(1, all.length)] ?? '';
      return {
        section: key,
        text: isCorrect ? text : text.replace('47 people', '41 people'),
        isNothingToReport: text === '',
      };
    });
}
