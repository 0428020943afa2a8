import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireGoodDetails } from '../../domain/person-details';
import { PersonChanges } from '../person-changes';

/** Another name or e-mail address for somebody. */
export class CorrectPerson extends Command<void> {
  constructor(
    readonly personId: string,
    readonly name: string,
    readonly email: string,
  ) {
    super();
  }
}

@CommandHandler(CorrectPerson)
export class CorrectPersonHandler implements ICommandHandler<CorrectPerson> {
  constructor(private readonly changes: PersonChanges) {}

  execute({ personId, name, email }: CorrectPerson): Promise<void> {
    const wanted = requireGoodDetails(name, email);
    return this.changes.change(personId, (person, by, known) => {
      const fields = (['name', 'email'] as const).filter((field) => known[field] !== wanted[field]);
      person.correct(fields, by);
      return wanted;
    });
  }
}
