import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { londonDate } from '@app/kernel';
import { runAs, systemCaller, UnitOfWork } from '@app/platform';
import { contentHash } from '../domain/content';
import { Publication, type Doing, type Narrative } from '../domain/publication';
import { Bulletins } from './bulletins';
import { PublicationMaker, type MadeFor } from './publication-maker';
import { PublicationSettings } from './publication-settings';
import { PublicationStore, type VersionBody } from './publication-store';

/** Who did what when to a publication of the past. */
export interface PastPublishing {
  readonly author: string;
  readonly checker: string;
  readonly begunAt: Date;
  readonly publishedAt: Date;
  readonly narratives: readonly Narrative[];
}

/** Publishes as if it had been done then: only for what loads a history. */
@Injectable()
export class PastPublications {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly maker: PublicationMaker,
    private readonly settings: PublicationSettings,
    private readonly store: PublicationStore,
    private readonly bulletins: Bulletins,
  ) {}

  /** Answers the id. */
  async publish(of: MadeFor, { author, checker, begunAt, publishedAt, narratives }: PastPublishing): Promise<string> {
    const counted = await this.maker.count(of, begunAt);
    const id = randomUUID();
    await this.as(author, of.office, async () => {
      const doing = { by: author, at: begunAt };
      const publication = Publication.start({ ...of, id }, doing);
      const bulletins = await this.bulletins.toAttach(of.office);
      const { content, basis } = await this.maker.content(of, counted, narratives, bulletins);
      const body = { narratives, bulletins, content, sha256: contentHash(content) };
      publication.takeFigures({ asOf: begunAt, sha256: body.sha256, figures: content.figures.length }, doing);
      publication.writeNarratives(
        narratives.map(({ section }) => section),
        bulletins,
        doing,
      );
      await this.submit(publication, body, doing);
      await this.store.saveSnapshot(publication, { figures: counted.ofPeriod, basis });
    });
    await this.checkAndPublish(id, of.office, { author, checker, publishedAt });
    return id;
  }

  /** Another version with other words, and the note that says why. */
  async correct(
    { id, office, note }: { readonly id: string; readonly office: string; readonly note: string },
    { author, checker, begunAt, publishedAt, narratives }: PastPublishing,
  ): Promise<void> {
    await this.as(author, office, async () => {
      const doing = { by: author, at: begunAt };
      const { publication, body } = await this.store.load(id);
      const { facts, newest } = publication;
      const snapshot = await this.store.snapshot(id, newest.number);
      publication.startCorrection(
        await this.store.keepReason(facts, newest.number + 1, 'correction', note, begunAt),
        doing,
      );
      const next = await this.maker.rewritten(facts, body, { narratives }, londonDate(begunAt));
      publication.writeNarratives(
        narratives.map(({ section }) => section),
        next.bulletins,
        doing,
      );
      await this.submit(publication, next, doing, note);
      if (snapshot) await this.store.saveSnapshot(publication, snapshot);
    });
    await this.checkAndPublish(id, office, { author, checker, publishedAt });
  }

  private async submit(publication: Publication, body: VersionBody, doing: Doing, note?: string): Promise<void> {
    const { complaintsModel } = await this.settings.on(publication.facts.office, londonDate(doing.at));
    publication.submit(body.narratives, complaintsModel, body.sha256, doing);
    await this.store.save(publication, doing, body, note === undefined ? {} : { correctionNote: note });
  }

  private async checkAndPublish(
    id: string,
    office: string,
    { author, checker, publishedAt: at }: Pick<PastPublishing, 'author' | 'checker' | 'publishedAt'>,
  ): Promise<void> {
    await this.as(checker, office, async () => {
      const { publication, body } = await this.store.load(id);
      publication.check(body.sha256, { by: checker, at });
      await this.store.save(publication, { by: checker, at }, body);
    });
    await this.as(author, office, async () => {
      const { publication, body } = await this.store.load(id);
      const bulletins = body.content.bulletins.map((each) => each.id);
      publication.publish(body.sha256, bulletins, { by: author, at });
      await this.store.save(publication, { by: author, at }, body);
    });
  }

  private as(person: string, office: string, work: () => Promise<void>): Promise<void> {
    const caller = { ...systemCaller('history'), actor: { kind: 'person' as const, id: person }, offices: [office] };
    return runAs(caller, () => this.unitOfWork.run(work));
  }
}
