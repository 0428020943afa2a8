import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { StoredEvent } from '../events/stored-event';

export interface ProjectionDeclaration {
  readonly name: string;
  /** The tables it owns; nothing else writes them. */
  readonly tables: readonly string[];
  readonly events: readonly string[];
}

/** Maps the declared table names to the tables to write: the live ones, or the side tables of a rebuild. */
export type TableNames = (table: string) => string;

/**
 * A read model computed from events alone, in order. `apply` must depend on nothing but the events and its own tables,
 * so that a rebuild equals the live one row for row.
 */
export abstract class Projection {
  abstract apply(manager: EntityManager, events: readonly StoredEvent[], table: TableNames): Promise<void>;
}

export const PROJECTION_METADATA = 'postbag:projection';

export const Projects = (declaration: ProjectionDeclaration): CustomDecorator =>
  SetMetadata(PROJECTION_METADATA, declaration);
