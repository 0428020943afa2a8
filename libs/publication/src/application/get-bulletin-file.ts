import { Inject } from '@nestjs/common';
import { IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ContentStore, runAs, systemCaller, UnitOfWork } from '@app/platform';
import { PublicationNotFound } from '../domain/publication.errors';

export interface BulletinFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** The file of a bulletin that the caller may see: the public, once a publication carries it. */
export class GetBulletinFile extends Query<BulletinFile> {
  constructor(
    readonly office: string,
    readonly id: string,
  ) {
    super();
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

@QueryHandler(GetBulletinFile)
export class GetBulletinFileHandler implements IQueryHandler<GetBulletinFile> {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(ContentStore) private readonly contents: ContentStore,
  ) {}

  /** @throws PublicationNotFound */
  async execute({ office, id }: GetBulletinFile): Promise<BulletinFile> {
    if (!UUID.test(id)) throw new PublicationNotFound();
    const [found] = await this.unitOfWork.run(
      (manager): Promise<{ filename: string; type: string; digest: Buffer }[]> =>
        manager.query(
          `SELECT filename, content_type AS type, content_sha256 AS digest FROM iopc_bulletin
          WHERE office = $1 AND id = $2 AND content_sha256 IS NOT NULL`,
          [office, id],
        ),
    );
    if (!found) throw new PublicationNotFound();
    // The store of files is closed to the public; that this file is public was asked above.
    const bytes = await runAs(systemCaller('publication'), () =>
      this.unitOfWork.run(() => this.contents.read(office, found.digest)),
    );
    return { filename: found.filename, contentType: found.type, bytes };
  }
}
