import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { londonDate, type FieldError } from '@app/kernel';
import type { Narrative } from '../domain/publication';
import { publicationKind } from '../domain/publication-kinds';
import { InvalidPublication } from '../domain/publication.errors';
import { PublicationDesk, type PublicationTarget } from './publication-desk';
import { PublicationMaker } from './publication-maker';

const LONGEST = 20_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the office writes on a draft, and which bulletins stand on it. */
export class WriteNarratives extends Command<void> {
  constructor(
    readonly target: PublicationTarget,
    readonly narratives: readonly Narrative[],
    readonly bulletins: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(WriteNarratives)
export class WriteNarrativesHandler implements ICommandHandler<WriteNarratives> {
  constructor(
    private readonly desk: PublicationDesk,
    private readonly maker: PublicationMaker,
  ) {}

  /** @throws InvalidPublication naming each section that cannot be kept. */
  execute({ target, narratives, bulletins }: WriteNarratives): Promise<void> {
    return this.desk.change(target, async (publication, doing, body) => {
      check(publication.facts.kind, narratives);
      const change = { narratives, bulletins: bulletins.filter((id) => UUID.test(id)) };
      const next = await this.maker.rewritten(publication.facts, body, change, londonDate(doing.at));
      const kept = next.content.bulletins.map(({ id }) => id);
      const changed = narratives.filter((each) => !body.narratives.some((was) => isSame(was, each)));
      publication.writeNarratives(
        changed.map(({ section }) => section),
        kept,
        doing,
      );
      return { body: { ...next, bulletins: kept } };
    });
  }
}

function check(kind: string, narratives: readonly Narrative[]): void {
  const sections = publicationKind(kind)?.parts.flatMap((part) => part.sections.map(({ key }) => key)) ?? [];
  const errors = narratives.flatMap(({ section, text, isNothingToReport }): FieldError[] => {
    const pointer = `/narratives/${section}`;
    if (!sections.includes(section)) return [{ pointer, message: 'There is no such section' }];
    if (text.length > LONGEST)
      return [{ pointer, message: `Must have at most ${LONGEST.toLocaleString('en-GB')} characters` }];
    if (isNothingToReport && text.trim() !== '') {
      return [{ pointer, message: 'Either write something or say that there is nothing to report, not both' }];
    }
    return [];
  });
  if (errors.length > 0) throw new InvalidPublication(errors);
}

function isSame(a: Narrative, b: Narrative): boolean {
  return a.section === b.section && a.text === b.text && a.isNothingToReport === b.isNothingToReport;
}
