import type { DocumentLine, DocumentStatus, Way } from '@app/documents';

const STATUS: Readonly<Record<DocumentStatus, { readonly text: string; readonly classes: string }>> = {
  draft: { text: 'Draft', classes: 'govuk-tag--yellow' },
  approved: { text: 'Approved', classes: 'govuk-tag--blue' },
  issued: { text: 'Issued', classes: 'govuk-tag--green' },
  discarded: { text: 'Discarded', classes: 'govuk-tag--grey' },
};

const WAY: Readonly<Record<Way, string>> = {
  email: 'by e-mail',
  post: 'by post',
  'in-person': 'by hand',
};

export function documentStatus(status: DocumentStatus): { readonly text: string; readonly classes: string } {
  return STATUS[status];
}

export function wayInWords(way: Way | null): string {
  return way === null ? '' : WAY[way];
}

/** Everybody whose name a document's page shows. */
export function peopleOf(document: DocumentLine): string[] {
  return [document.createdBy, document.editedBy, document.approvedBy, document.issuedBy].filter((id) => id !== null);
}
