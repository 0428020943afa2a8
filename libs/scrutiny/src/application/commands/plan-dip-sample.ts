import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { addDays, isDay, startOfLondonDay } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import { InputCheck, InvalidScrutinyInput } from '../../domain/scrutiny.errors';
import { DipSample } from '../../domain/samples/dip-sample';
import { populationHash, readPopulation } from '../../domain/samples/population';
import { ScrutinyRecords } from '../scrutiny-records';
import { ScrutinySettings } from '../scrutiny-settings';
import { ActTexts, ScrutinyTexts } from '../texts';

/** Where the population comes from: a list of the force's files, or the office's own closed cases. */
export type PopulationChoice =
  | { readonly source: 'force-list'; readonly entries: readonly string[] }
  | { readonly source: 'own-cases'; readonly caseKind: string; readonly from: string; readonly to: string };

export interface PlannedSample {
  readonly office: string;
  readonly title: string;
  readonly population: PopulationChoice;
  readonly size: number;
  readonly sheet: string;
}

/** Fixes the population of a dip sample, its size and its scoring sheet. Answers its id. */
export class PlanDipSample extends Command<string> {
  constructor(readonly sample: PlannedSample) {
    super();
  }
}

interface PopulationFile {
  readonly reference: string;
  readonly caseId: string | null;
}

@CommandHandler(PlanDipSample)
export class PlanDipSampleHandler implements ICommandHandler<PlanDipSample> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly records: ScrutinyRecords,
    private readonly texts: ScrutinyTexts,
    private readonly settings: ScrutinySettings,
  ) {}

  async execute({ sample }: PlanDipSample): Promise<string> {
    const { office, title, population, size } = sample;
    this.records.mayBeginIn(office);
    const { secondScorePercent } = await this.settings.of(office);
    const sheet = (await this.settings.sheets(office)).find(({ key }) => key === sample.sheet);
    const { now, today } = this.settings;
    return this.unitOfWork.run(async (manager) => {
      const files = await this.files(office, population);
      const record = new DipSample(randomUUID(), office, 0, null);
      const texts = new ActTexts();
      const own = population.source === 'own-cases' ? population : { caseKind: null, from: null, to: null };
      texts.check(() => {
        const kept = texts.required('title', title, 'Enter a title for the sample');
        if (!sheet) throw new InvalidScrutinyInput([{ pointer: '/sheet', message: 'Choose a scoring sheet' }]);
        const populationSize = files.length;
        const hash = populationHash(files.map(({ reference }) => reference));
        const plan = { title: kept, source: population.source, caseKind: own.caseKind, from: own.from, to: own.to };
        const { key: _key, ...questions } = sheet;
        const facts = { populationSize, populationHash: hash, size, sheet: questions, secondScorePercent };
        record.plan({ ...plan, ...facts }, today, now);
      });
      await this.texts.write(office, null, texts);
      await this.records.save(record);
      await manager.query(
        `INSERT INTO dip_sample_population (sample_id, place, office, reference, case_id)
         SELECT $1, f.place, $2, f.reference, f.case_id
           FROM unnest($3::text[], $4::uuid[]) WITH ORDINALITY AS f (reference, case_id, place)`,
        [record.id, office, files.map(({ reference }) => reference), files.map(({ caseId }) => caseId)],
      );
      return record.id;
    });
  }

  private async files(office: string, population: PopulationChoice): Promise<readonly PopulationFile[]> {
    if (population.source === 'own-cases') return this.ownCases(office, population);
    const { references, refused } = readPopulation(population.entries);
    const [first] = refused;
    if (first) {
      const more = refused.length > 1 ? ` and ${String(refused.length - 1)} more lines` : '';
      const message = `Line ${String(first.line)}${more}: not a reference. References have letters, digits and / - . only, and a digit; no names`;
      throw new InvalidScrutinyInput([{ pointer: '/population', message }]);
    }
    return references.map((reference) => ({ reference, caseId: null }));
  }

  /** Cases that only some may see are left out: who scores could not open them. */
  private async ownCases(
    office: string,
    { caseKind, from, to }: Extract<PopulationChoice, { source: 'own-cases' }>,
  ): Promise<readonly PopulationFile[]> {
    new InputCheck()
      .require(isDay(from), 'from', 'Enter the first day')
      .require(isDay(to) && !(to < from), 'to', 'Enter the last day, not before the first')
      .done();
    return this.unitOfWork.manager.query(
      `SELECT c.reference, c.id AS "caseId" FROM case_file c
        WHERE c.office = $1 AND c.kind = $2 AND c.closed_at >= $3 AND c.closed_at < $4
          AND NOT EXISTS (SELECT FROM case_restriction r WHERE r.case_id = c.id)
        ORDER BY c.reference COLLATE "C"`,
      [office, caseKind, startOfLondonDay(from), startOfLondonDay(addDays(to, 1))],
    );
  }
}
