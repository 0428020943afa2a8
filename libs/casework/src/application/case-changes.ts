import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, parseReference } from '@app/kernel';
import { UnitOfWork, currentCaller } from '@app/platform';
import type { CaseFile } from '../domain/case-file';
import type { ClockPolicy, DeadlineCounter } from '../domain/case-deadlines';
import { CaseNotFound, CaseVersionStale } from '../domain/case.errors';
import { CaseRepository } from './case-repository';
import { CaseSettings } from './case-settings';

/** Which case a command is about and, if the caller said so, which version it saw. */
export interface CaseTarget {
  readonly reference: string;
  readonly ifVersion: number | null;
}

/** What a change needs at hand besides the case. */
export interface ChangeContext {
  readonly now: Date;
  readonly actor: string;
  readonly counter: DeadlineCounter;
  readonly newId: () => string;
  /** The clocks of the case's category and channel today. */
  readonly clocks: () => Promise<ClockPolicy[]>;
}

/** Loads a case, lets a command change it and saves it, in one transaction. */
@Injectable()
export class CaseChanges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: CaseRepository,
    private readonly settings: CaseSettings,
    private readonly clock: Clock,
  ) {}

  /** @throws CaseNotFound, CaseVersionStale and whatever the change refuses. */
  async byReference(
    target: CaseTarget,
    change: (caseFile: CaseFile, context: ChangeContext) => Promise<void> | void,
  ): Promise<string> {
    const parsed = parseReference(target.reference);
    if (!parsed) throw new CaseNotFound();
    return this.unitOfWork.run(async () => {
      const caseFile = await this.repository.loadByReference(parsed.reference);
      if (target.ifVersion !== null && target.ifVersion !== caseFile.version) throw new CaseVersionStale();
      await this.apply(caseFile, change);
      return parsed.reference;
    });
  }

  /** For consumers, in their open transaction. */
  async byId(id: string, change: (caseFile: CaseFile, context: ChangeContext) => Promise<void> | void): Promise<void> {
    await this.apply(await this.repository.load(id), change);
  }

  private async apply(
    caseFile: CaseFile,
    change: (caseFile: CaseFile, context: ChangeContext) => Promise<void> | void,
  ): Promise<void> {
    const { category, channel, office } = caseFile.snapshot();
    await change(caseFile, {
      now: this.clock.now(),
      actor: currentCaller().actor.id,
      counter: await this.settings.counter(),
      newId: randomUUID,
      clocks: () => this.settings.clocks(category, channel, office, this.settings.today()),
    });
    await this.repository.save(caseFile);
  }
}
