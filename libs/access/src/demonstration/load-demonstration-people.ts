import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { Config, UnitOfWork, runAs, systemCaller } from '@app/platform';
import { ALWAYS, Person } from '../domain/person';
import { PersonRepository } from '../application/person-repository';
import { DEMONSTRATION_PEOPLE } from './demonstration-people';

/** Brings the people of the demonstration into the database, those who are missing. */
@Injectable()
export class LoadDemonstrationPeople {
  constructor(
    private readonly people: PersonRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async run(): Promise<void> {
    if (!this.config.demo) throw new Error('Demonstration people exist in demonstration mode only');
    await runAs(systemCaller('demonstration'), () =>
      this.unitOfWork.run(async (manager) => {
        const known: { id: string }[] = await manager.query(`SELECT id FROM person`);
        const missing = DEMONSTRATION_PEOPLE.filter(({ id }) => !known.some((each) => each.id === id));
        for (const { id, name, email, role, offices } of missing) {
          const now = this.clock.now();
          const person = Person.add(id, now);
          person.giveRole({ role, offices, from: ALWAYS }, { offices, today: ALWAYS, now });
          await this.people.save(person, { name, email });
        }
      }),
    );
  }
}
