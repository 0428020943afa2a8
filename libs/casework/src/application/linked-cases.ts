import { Injectable } from '@nestjs/common';
import { parseReference } from '@app/kernel';
import { UnitOfWork } from '@app/platform';
import type { CaseFile } from '../domain/case-file';
import { CaseNotFound, CaseRuleRefused, CaseVersionStale, InvalidCaseInput } from '../domain/case.errors';
import type { CaseTarget } from './case-changes';
import { CaseRepository } from './case-repository';

/** Loads two cases of one office, lets a command change both and saves them, in one transaction. */
@Injectable()
export class LinkedCases {
  constructor(
    private readonly repository: CaseRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws CaseNotFound for the one, InvalidCaseInput for the other, CaseVersionStale, CaseRuleRefused */
  async change(
    target: CaseTarget,
    otherReference: string,
    change: (one: CaseFile, other: CaseFile) => Promise<void>,
  ): Promise<string> {
    const parsed = parseReference(target.reference);
    if (!parsed) throw new CaseNotFound();
    const otherParsed = parseReference(otherReference);
    if (!otherParsed) throw new InvalidCaseInput('/reference', 'is not a case reference');
    return this.unitOfWork.run(async () => {
      const [one, other] = await this.loadBoth(parsed.reference, otherParsed.reference);
      if (target.ifVersion !== null && target.ifVersion !== one.version) throw new CaseVersionStale();
      if (one.snapshot().office !== other.snapshot().office) {
        throw new CaseRuleRefused('Cases of different offices cannot be linked.');
      }
      await change(one, other);
      await this.repository.save(one);
      if (other !== one) await this.repository.save(other);
      return parsed.reference;
    });
  }

  /** Locked in the order of their references, so that A to B and B to A at once wait for each other. */
  private async loadBoth(reference: string, otherReference: string): Promise<[CaseFile, CaseFile]> {
    const loaded = new Map<string, CaseFile>();
    for (const each of [...new Set([reference, otherReference])].sort()) {
      loaded.set(each, await this.load(each, each === reference));
    }
    const [one, other] = [loaded.get(reference), loaded.get(otherReference)];
    if (!one || !other) throw new CaseNotFound();
    return [one, other];
  }

  private async load(reference: string, isTarget: boolean): Promise<CaseFile> {
    try {
      return await this.repository.loadByReference(reference);
    } catch (error) {
      if (isTarget || !(error instanceof CaseNotFound)) throw error;
      throw new InvalidCaseInput('/reference', 'there is no such case');
    }
  }
}
