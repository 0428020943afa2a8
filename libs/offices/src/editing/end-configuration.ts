import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ConfigurationEditor, type EntryTarget } from './configuration-editor';

/** An entry holds until a day and no longer. Answers its version. */
export class EndConfiguration extends Command<number> {
  constructor(
    readonly target: EntryTarget,
    readonly lastDay: string,
  ) {
    super();
  }
}

@CommandHandler(EndConfiguration)
export class EndConfigurationHandler implements ICommandHandler<EndConfiguration> {
  constructor(private readonly editor: ConfigurationEditor) {}

  execute({ target, lastDay }: EndConfiguration): Promise<number> {
    return this.editor.end(target, lastDay);
  }
}
