import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RoleWanted } from '../../domain/person';
import { PersonChanges } from '../person-changes';

/** From a day on somebody holds this role in these offices and nothing else. */
export class GiveRole extends Command<void> {
  constructor(
    readonly personId: string,
    readonly role: RoleWanted,
  ) {
    super();
  }
}

@CommandHandler(GiveRole)
export class GiveRoleHandler implements ICommandHandler<GiveRole> {
  constructor(private readonly changes: PersonChanges) {}

  execute({ personId, role }: GiveRole): Promise<void> {
    return this.changes.change(personId, (person, by) => person.giveRole(role, by));
  }
}
