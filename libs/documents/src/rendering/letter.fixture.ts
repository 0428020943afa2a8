import type { LetterDocument } from '../domain/letter-document';
import { parseLetter } from '../domain/markup';

export const LETTER_TEXT = `Dear Ms Ferris,

Thank you for your application of 3 March 2026 for a review of how your complaint was dealt with by **West Mercia Police**.

# What we decided

The review is *upheld*. Our reasons:

1. The officer’s account was not asked for.
2. The outcome letter does not say what was learned, and this item is long enough to go on over the end of its line.

> “Nobody rang me back.”

## The allegations

| Number | Allegation | Finding |
|---|---|---|
| 1 | Nobody came to Orchard Lane | Upheld |
| 2 | The log was closed too early | Not upheld |

- We recommend that the log is opened again.
- Nothing here changes what the court decides.

Yours sincerely,

Gwenllïan Ŵyn-Ŷates
Complaint Reviews Manager
On behalf of the Commissioner

Enclosures:
- Leaflet about reviews

Please quote the reference if you write again.
`;

export function exampleLetter(change: Partial<LetterDocument> = {}): LetterDocument {
  return {
    title: 'Decision on your review',
    language: 'en-GB',
    letterhead: {
      name: 'Office of the Police and Crime Commissioner for West Mercia',
      addressLines: ["Commissioner's Office", '1 Bramblewick Court', 'Exampleton', 'ZZ99 1WM'],
      email: 'opcc@west-mercia.example',
      telephone: '01632 960101',
    },
    addressee: ['Ms Asha Ferris', '2 Orchard Lane', 'Exampleton', 'ZZ99 2WM'],
    date: '2026-11-20',
    references: { ours: 'WM-2026-000123-K', yours: 'PSD/77' },
    subject: 'Your application for a review',
    marking: 'OFFICIAL',
    ...parseLetter(LETTER_TEXT),
    ...change,
  };
}
