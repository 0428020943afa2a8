import { Global, Injectable, Module } from '@nestjs/common';
import { CaseMender } from '@app/assurance';
import { CaseworkModule } from '@app/casework';
import { PublicOffices } from '@app/http';
import { Offices } from '@app/offices';
import { PublishedFigures } from '@app/publication';
import { CaseworkMender } from './casework-mender';
import { PublishedFromAll } from './published-from-all';

/** The public may write to every office that exists today. */
@Injectable()
class EveryOffice extends PublicOffices {
  constructor(private readonly offices: Offices) {
    super();
  }

  async all(): Promise<readonly string[]> {
    return (await this.offices.all()).map(({ id }) => id);
  }
}

/** Where one context's port is another context's doing. */
@Global()
@Module({
  imports: [CaseworkModule],
  providers: [
    { provide: PublicOffices, useClass: EveryOffice },
    { provide: CaseMender, useClass: CaseworkMender },
    { provide: PublishedFigures, useClass: PublishedFromAll },
  ],
  exports: [PublicOffices, CaseMender, PublishedFigures],
})
export class AdaptersModule {}
