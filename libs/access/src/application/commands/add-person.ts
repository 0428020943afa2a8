import { randomUUID } from 'node:crypto';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '@app/platform';
import { Person, type RoleWanted } from '../../domain/person';
import { requireGoodDetails } from '../../domain/person-details';
import { asAccess } from '../as-access';
import { PersonChanges } from '../person-changes';
import { PersonRepository } from '../person-repository';

/** Somebody new, with the first role. Answers the id. */
export class AddPerson extends Command<string> {
  constructor(
    readonly name: string,
    readonly email: string,
    readonly role: RoleWanted,
  ) {
    super();
  }
}

@CommandHandler(AddPerson)
export class AddPersonHandler implements ICommandHandler<AddPerson> {
  constructor(
    private readonly people: PersonRepository,
    private readonly changes: PersonChanges,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async execute({ name, email, role }: AddPerson): Promise<string> {
    const details = requireGoodDetails(name, email);
    const by = this.changes.administrator();
    const person = Person.add(randomUUID(), by.now);
    person.giveRole(role, by);
    await asAccess(() => this.unitOfWork.run(() => this.people.save(person, details)));
    return person.id;
  }
}
