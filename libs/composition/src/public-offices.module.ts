import { Global, Injectable, Module } from '@nestjs/common';
import { PublicOffices } from '@app/http';
import { Offices } from '@app/offices';

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

@Global()
@Module({ providers: [{ provide: PublicOffices, useClass: EveryOffice }], exports: [PublicOffices] })
export class PublicOfficesModule {}
