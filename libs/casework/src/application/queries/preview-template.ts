import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DomainError } from '@app/kernel';
import { renderTemplate, templateProblems, type RenderedMessage } from '@app/notifications';
import { InvalidConfiguration, OfficeNotFound, Offices } from '@app/offices';
import { currentCaller } from '@app/platform';
import { exampleValues, MERGE_FIELDS } from '../configuration/merge-fields';

/** A letter as a template would write it for an invented case. Nothing is stored or sent. */
export class PreviewTemplate extends Query<RenderedMessage> {
  constructor(
    readonly template: { readonly subject: string; readonly body: string },
    readonly office: string,
  ) {
    super();
  }
}

@QueryHandler(PreviewTemplate)
export class PreviewTemplateHandler implements IQueryHandler<PreviewTemplate> {
  constructor(private readonly offices: Offices) {}

  /** @throws InvalidConfiguration naming each line that is wrong. */
  async execute({ template, office }: PreviewTemplate): Promise<RenderedMessage> {
    if (!currentCaller().offices.includes(office)) throw new OfficeNotFound(office);
    const fields = MERGE_FIELDS.map(({ name }) => name);
    const problems = templateProblems(template, fields);
    if (problems.length > 0) {
      throw new InvalidConfiguration(problems.map(({ part, message }) => ({ pointer: `/${part}`, message })));
    }
    try {
      return renderTemplate(template, exampleValues(await this.offices.get(office)));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new InvalidConfiguration([{ pointer: '/body', message: error.message }]);
    }
  }
}
