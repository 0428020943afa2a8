import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessContext } from '@app/access';
import { assuranceContext } from '@app/assurance';
import { caseworkContext } from '@app/casework';
import { documentsContext } from '@app/documents';
import { intakeContext } from '@app/intake';
import { notificationsContext } from '@app/notifications';
import { officesContext } from '@app/offices';
import { oversightContext } from '@app/oversight';
import { reviewsContext } from '@app/reviews';
import { publicationContext } from '@app/publication';
import { scrutinyContext } from '@app/scrutiny';
import { timelinessContext } from '@app/timeliness';
import { worklistContext } from '@app/worklist';

const contexts = [
  accessContext,
  assuranceContext,
  caseworkContext,
  documentsContext,
  intakeContext,
  notificationsContext,
  officesContext,
  oversightContext,
  publicationContext,
  reviewsContext,
  scrutinyContext,
  timelinessContext,
  worklistContext,
];
const text = readFileSync(join(__dirname, '../../../docs/events.md'), 'utf8');
const catalogue = text.slice(0, text.indexOf('## Who acts on what'));

describe('docs/events.md', () => {
  it('describes every event type once, and none that does not exist', () => {
    const described = [...catalogue.matchAll(/^\| `([a-z]+\.[a-z-]+)`/gm)].map(([, type]) => type);
    const declared = contexts.flatMap(({ events }) => Object.keys(events));
    const ofPlatform = described.filter((type) => type?.startsWith('platform.'));
    expect(ofPlatform).toEqual(['platform.attention-retried', 'platform.attention-dismissed']);
    expect(described.sort()).toEqual([...declared, ...ofPlatform].sort());
  });

  it('says what the newest schema version is', () => {
    const versions = new Set(
      contexts.flatMap(({ events }) => Object.values(events).map(({ schemaVersion }) => schemaVersion)),
    );
    expect([...versions]).toEqual([1]);
    expect(catalogue).toContain('(all are 1)');
  });
});
