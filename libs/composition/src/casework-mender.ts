import { Injectable } from '@nestjs/common';
import { CaseMender, type CaseFinding } from '@app/assurance';
import { MendOverlookedCase } from '@app/casework';

/** What assurance finds, casework mends: the two know each other only here. */
@Injectable()
export class CaseworkMender extends CaseMender {
  constructor(private readonly cases: MendOverlookedCase) {
    super();
  }

  mend({ fault, case: found }: CaseFinding): Promise<boolean> {
    return fault === 'ownerless' ? this.cases.giveQueue(found.id) : this.cases.startClocks(found.id);
  }
}
