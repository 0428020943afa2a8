import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PersonChanges } from '../person-changes';

/** From a day on somebody holds no role and cannot sign in; what they did stays theirs. */
export class EndAccess extends Command<void> {
  constructor(
    readonly personId: string,
    readonly from: string,
  ) {
    super();
  }
}

@CommandHandler(EndAccess)
export class EndAccessHandler implements ICommandHandler<EndAccess> {
  constructor(private readonly changes: PersonChanges) {}

  execute({ personId, from }: EndAccess): Promise<void> {
    return this.changes.change(personId, (person, by) => person.endRoles(from, by));
  }
}
