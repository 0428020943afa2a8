import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Offices } from '@app/offices';
import { CaseSettings } from '../case-settings';
import type {
  CategoryEntry,
  DestinationEntry,
  QueueEntry,
  TemplateEntry,
  AreaEntry,
} from '../../domain/triage/configuration';

export interface CaseChoice {
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
}

export interface DestinationChoice extends CaseChoice {
  readonly organisation: string;
  readonly email: string | null;
  readonly telephone: string | null;
}

export interface CategoryChoice extends CaseChoice {
  readonly destination: string | null;
  readonly lawfulBasis: string | null;
  readonly consent: string;
}

/** What may be chosen on the case pages of an office today, each list by name. */
export interface CaseChoices {
  readonly categories: readonly CategoryChoice[];
  readonly queues: readonly CaseChoice[];
  readonly destinations: readonly DestinationChoice[];
  /** Those that a person may write a reply from. */
  readonly templates: readonly CaseChoice[];
  readonly areas: readonly CaseChoice[];
}

/** These are written by an act of their own (an acknowledgement, a forwarding, a holding update). */
const WRITTEN_BY_ACTS = ['acknowledgement', 'forward-notice-to-sender', 'forward-to-destination', 'holding-update'];

export class ListCaseChoices extends Query<CaseChoices> {
  constructor(readonly office: string) {
    super();
  }
}

@QueryHandler(ListCaseChoices)
export class ListCaseChoicesHandler implements IQueryHandler<ListCaseChoices> {
  constructor(
    private readonly offices: Offices,
    private readonly settings: CaseSettings,
  ) {}

  async execute({ office }: ListCaseChoices): Promise<CaseChoices> {
    const today = this.settings.today();
    const categories = await this.offices.inForce<CategoryEntry>('category', office, today);
    const queues = await this.offices.inForce<QueueEntry>('queue', office, today);
    const destinations = await this.offices.inForce<DestinationEntry>('destination', office, today);
    const templates = await this.offices.inForce<TemplateEntry>('template', office, today);
    const areas = await this.offices.inForce<AreaEntry>('area', office, today);
    return {
      categories: byName(
        categories.map(({ key, data }) => ({
          key,
          name: data.name,
          description: data.firstAction,
          destination: data.destination,
          lawfulBasis: data.lawfulBasis,
          consent: data.consent,
        })),
      ),
      queues: byName(queues.map(({ key, data }) => ({ key, name: data.name, description: data.description }))),
      destinations: byName(
        destinations.map(({ key, data }) => ({
          key,
          name: data.name,
          description: data.note,
          organisation: data.organisation,
          email: data.email,
          telephone: data.telephone,
        })),
      ),
      templates: byName(
        templates
          .filter(({ key }) => !WRITTEN_BY_ACTS.includes(key))
          .map(({ key, data }) => ({ key, name: data.name, description: data.purpose })),
      ),
      areas: byName(areas.map(({ key, data }) => ({ key, name: data.name, description: null }))),
    };
  }
}

function byName<T extends CaseChoice>(choices: readonly T[]): T[] {
  return [...choices].sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
}
