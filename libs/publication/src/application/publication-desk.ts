import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { currentCaller, StreamChangedMeanwhile, UnitOfWork } from '@app/platform';
import type { Doing, Publication } from '../domain/publication';
import { InvalidPublication } from '../domain/publication.errors';
import { PublicationStore, type VersionBody, type VersionWords } from './publication-store';

/** Which publication a command is for, and the version of it that its sender saw; null: whichever. */
export interface PublicationTarget {
  readonly id: string;
  readonly ifVersion: number | null;
}

export interface PublicationChange {
  readonly body?: VersionBody;
  readonly words?: VersionWords;
}

/** Changes publications, one at a time, as the caller and now. */
@Injectable()
export class PublicationDesk {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: PublicationStore,
    private readonly clock: Clock,
  ) {}

  /** @throws PublicationNotFound, StreamChangedMeanwhile and whatever the publication refuses. */
  change(
    { id, ifVersion }: PublicationTarget,
    work: (publication: Publication, doing: Doing, body: VersionBody) => Promise<PublicationChange | void> | void,
  ): Promise<void> {
    return this.unitOfWork.run(async () => {
      const { publication, body } = await this.store.load(id);
      if (ifVersion !== null && ifVersion !== publication.version)
        throw new StreamChangedMeanwhile(`publication-${id}`);
      const doing = this.doing();
      const change = (await work(publication, doing, body)) ?? {};
      await this.store.save(publication, doing, change.body ?? body, change.words);
    });
  }

  doing(): Doing {
    return { by: currentCaller().actor.id, at: this.clock.now() };
  }
}

/** A reason or a note as typed. @throws InvalidPublication when it says nothing. */
export function wordsOf(text: string, pointer: string, message: string): string {
  const words = text.trim();
  if (words === '') throw new InvalidPublication([{ pointer, message }]);
  if (words.length > 2000) throw new InvalidPublication([{ pointer, message: 'Must have at most 2000 characters' }]);
  return words;
}
