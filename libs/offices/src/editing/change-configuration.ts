import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ConfigurationEditor, type EntryTarget } from './configuration-editor';

/** An entry says something else from a day on (null: today). With expected version 0 it is added. Answers its version. */
export class ChangeConfiguration extends Command<number> {
  constructor(
    readonly target: EntryTarget,
    readonly data: unknown,
    readonly validFrom: string | null = null,
    /** The last day of an entry that is added; null: until it is ended. */
    readonly validTo: string | null = null,
  ) {
    super();
  }
}

@CommandHandler(ChangeConfiguration)
export class ChangeConfigurationHandler implements ICommandHandler<ChangeConfiguration> {
  constructor(private readonly editor: ConfigurationEditor) {}

  execute({ target, data, validFrom, validTo }: ChangeConfiguration): Promise<number> {
    return this.editor.change(target, validFrom, data, validTo);
  }
}
