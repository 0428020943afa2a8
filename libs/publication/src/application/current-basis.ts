import { Injectable } from '@nestjs/common';
import type { Publication } from '../domain/publication';
import { PublicationRefused } from '../domain/publication.errors';
import { PublicationMaker } from './publication-maker';
import { PublicationStore } from './publication-store';

/** Whether a year to date is still the sum of what is published of its quarters. */
@Injectable()
export class CurrentBasis {
  constructor(
    private readonly maker: PublicationMaker,
    private readonly store: PublicationStore,
  ) {}

  /** In the open transaction. @throws PublicationRefused when an earlier quarter was published or corrected since. */
  async mustHold({ facts, newest }: Publication): Promise<void> {
    const snapshot = await this.store.snapshot(facts.id, newest.number);
    const now = (await this.maker.earlier(facts)).flatMap(({ basis }) => basis ?? []);
    if (snapshot && snapshot.basis.join('\n') !== now.join('\n')) {
      throw new PublicationRefused(
        'An earlier quarter of the year was published or corrected since the figures were counted: count them again, so that the year to date agrees with it.',
      );
    }
  }
}
