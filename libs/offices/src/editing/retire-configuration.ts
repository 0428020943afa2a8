import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ConfigurationEditor, type EntryTarget } from './configuration-editor';

/** An entry is taken out from today on, with all that was planned for it. Answers its version. */
export class RetireConfiguration extends Command<number> {
  constructor(readonly target: EntryTarget) {
    super();
  }
}

@CommandHandler(RetireConfiguration)
export class RetireConfigurationHandler implements ICommandHandler<RetireConfiguration> {
  constructor(private readonly editor: ConfigurationEditor) {}

  execute({ target }: RetireConfiguration): Promise<number> {
    return this.editor.retire(target);
  }
}
