import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isDay, londonDate } from '@app/kernel';
import { currentCaller, UnitOfWork } from '@app/platform';
import { foldHistory, type HistoryFact } from '../../domain/figures/recorded-history';
import { scrutinyFigures, sumOf, type CountedItem, type ScrutinyFigure } from '../../domain/figures/scrutiny-figures';
import { InputCheck, InvalidScrutinyInput } from '../../domain/scrutiny.errors';
import { ScrutinySettings } from '../scrutiny-settings';
import { Injectable } from '@nestjs/common';

export interface ScrutinyFiguresRequest {
  /** One office, or several together. */
  readonly office: string | readonly string[];
  /** First and last day of the period (London). */
  readonly from: string;
  readonly to: string;
  /** As it was recorded at this instant; left out: now. */
  readonly asOf?: Date;
}

/** A figure of oversight as it is reported and published. */
export interface ScrutinyFigureView {
  readonly key: string;
  readonly name: string;
  readonly definition: string;
  readonly unit: 'count' | 'share';
  /** The count, or the share from 0 to 1; null where there is nothing to measure, or nobody has said. */
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number | null;
  /** The page that lists exactly what the numerator counts. */
  readonly list: string;
}

export interface ScrutinyFigureReport {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly offices: readonly string[];
  readonly figures: readonly ScrutinyFigureView[];
}

/** The figures of oversight of offices in a period, each with its definition, its numbers and the list behind it. */
export class GetScrutinyFigures extends Query<ScrutinyFigureReport> {
  constructor(readonly request: ScrutinyFiguresRequest) {
    super();
  }
}

export interface FigureItemsRequest extends ScrutinyFiguresRequest {
  readonly figure: string;
  readonly part: 'numerator' | 'denominator';
}

export interface FigureItems {
  readonly figure: ScrutinyFigureView;
  readonly items: readonly CountedItem[];
}

/** Exactly what a figure counts. */
export class ListScrutinyFigureItems extends Query<FigureItems> {
  constructor(readonly request: FigureItemsRequest) {
    super();
  }
}

/** Counts from the event log: what was recorded until an instant, and nothing of what was recorded later. */
@Injectable()
export class ScrutinyFigures {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: ScrutinySettings,
  ) {}

  async of(
    request: ScrutinyFiguresRequest,
  ): Promise<{ figures: readonly ScrutinyFigure[]; asOf: Date; offices: readonly string[] }> {
    const { from, to, asOf = this.settings.now } = request;
    new InputCheck()
      .require(isDay(from), 'from', 'must be a day such as 2026-04-01')
      .require(isDay(to) && !(to < from), 'to', 'must be a day, not before the first')
      .done();
    const offices = typeof request.office === 'string' ? [request.office] : request.office;
    const due = await this.settings.dueDays();
    const measures = await this.settings.list('panel-measures', offices[0] ?? '');
    const facts = await this.facts(offices, asOf);
    const asked = londonDate(asOf);
    const period = { from, to, knownOn: asked < to ? asked : to };
    return { figures: scrutinyFigures(foldHistory(facts), period, measures, due), asOf, offices };
  }

  private facts(offices: readonly string[], asOf: Date): Promise<readonly HistoryFact[]> {
    return this.unitOfWork.run((manager) =>
      manager.query(
        currentCaller().system
          ? `SELECT stream, office, type, data, false AS "isHidden" FROM event_log
              WHERE left(type, 9) = 'scrutiny.' AND office = ANY ($1) AND recorded_at <= $2 ORDER BY stream, version`
          : `SELECT stream, office, type, data, is_hidden AS "isHidden" FROM scrutiny_events($1, $2)`,
        [offices, asOf],
      ),
    );
  }
}

@QueryHandler(GetScrutinyFigures)
export class GetScrutinyFiguresHandler implements IQueryHandler<GetScrutinyFigures> {
  constructor(private readonly figures: ScrutinyFigures) {}

  /** @throws InvalidScrutinyInput */
  async execute({ request }: GetScrutinyFigures): Promise<ScrutinyFigureReport> {
    const { figures, asOf, offices } = await this.figures.of(request);
    const { from, to } = request;
    return {
      from,
      to,
      asOf: asOf.toISOString(),
      offices,
      figures: figures.map((each) => viewOf(each, request, offices)),
    };
  }
}

@QueryHandler(ListScrutinyFigureItems)
export class ListScrutinyFigureItemsHandler implements IQueryHandler<ListScrutinyFigureItems> {
  constructor(private readonly figures: ScrutinyFigures) {}

  /** @throws InvalidScrutinyInput */
  async execute({ request }: ListScrutinyFigureItems): Promise<FigureItems> {
    const { figures, offices } = await this.figures.of(request);
    const figure = figures.find(({ key }) => key === request.figure);
    if (!figure) throw new InvalidScrutinyInput([{ pointer: '/figure', message: 'There is no such figure' }]);
    const items = request.part === 'denominator' ? (figure.denominator ?? []) : figure.numerator;
    const sorted = [...items].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.label < b.label ? -1 : 1));
    return { figure: viewOf(figure, request, offices), items: sorted };
  }
}

function viewOf(
  figure: ScrutinyFigure,
  request: ScrutinyFiguresRequest,
  offices: readonly string[],
): ScrutinyFigureView {
  const { key, name, definition, unit } = figure;
  const numerator = sumOf(figure.numerator);
  const denominator = figure.denominator === null ? null : sumOf(figure.denominator);
  const count = figure.isKnown ? numerator : null;
  const value = denominator === null ? count : denominator === 0 ? null : numerator / denominator;
  const query = new URLSearchParams({ figure: key, from: request.from, to: request.to });
  for (const office of offices) query.append('office', office);
  if (request.asOf) query.set('asOf', request.asOf.toISOString());
  return {
    key,
    name,
    definition,
    unit,
    value,
    numerator,
    denominator,
    list: `/staff/scrutiny/figures/items?${query.toString()}`,
  };
}
