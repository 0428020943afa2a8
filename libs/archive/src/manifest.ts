import type { TableShape } from './table-catalogue';

export const MANIFEST = 'postbag-backup.json';
export const FORMAT = 1;

/** The first entry of an archive: what is in it and which schema it fits. */
export interface Manifest {
  readonly format: number;
  readonly createdAt: string;
  readonly migrations: readonly string[];
  readonly tables: readonly TableShape[];
}

/** The archive cannot be read or does not fit this version; the message is the one line that is shown. */
export class ArchiveRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ArchiveRefused';
  }
}
