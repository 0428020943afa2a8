import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ConfigurationEditor, type EntryTarget } from './configuration-editor';

/** An entry says again what an earlier version said, as a new version from a day on (null: today). Answers its version. */
export class RevertConfiguration extends Command<number> {
  constructor(
    readonly target: EntryTarget,
    readonly version: number,
    readonly validFrom: string | null = null,
  ) {
    super();
  }
}

@CommandHandler(RevertConfiguration)
export class RevertConfigurationHandler implements ICommandHandler<RevertConfiguration> {
  constructor(private readonly editor: ConfigurationEditor) {}

  execute({ target, version, validFrom }: RevertConfiguration): Promise<number> {
    return this.editor.revert(target, version, validFrom);
  }
}
