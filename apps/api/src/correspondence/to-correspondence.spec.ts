import { InvalidRequest } from '@app/http';
import { OfficeNotFound } from '@app/offices';
import type { Caller } from '@app/platform';
import type { LogCorrespondenceBody } from './log-correspondence.body';
import { toCorrespondence } from './to-correspondence';

const NOW = new Date('2026-04-07T09:30:00Z');

const BODY: LogCorrespondenceBody = {
  channel: 'letter',
  subject: 'Speeding',
  body: 'Cars come down Orchard Lane at forty.',
  correspondent: { name: 'Asha Ferris' },
};

function callerOf(...offices: string[]): Caller {
  const actor = { kind: 'person', id: 'clerk' } as const;
  return { actor, role: 'caseworker', offices, system: false, correlationId: 'request', causationId: null };
}

function read(
  changes: Partial<LogCorrespondenceBody>,
  caller = callerOf('warwickshire'),
): ReturnType<typeof toCorrespondence> {
  return toCorrespondence({ ...BODY, ...changes }, { caller, now: NOW, idempotency: null });
}

function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (error instanceof InvalidRequest || error instanceof OfficeNotFound) return error.errors;
    throw error;
  }
  return null;
}

describe('an item to log', () => {
  it('is of the only office of its caller', () => {
    expect(read({}).office).toBe('warwickshire');
    expect(read({ office: 'staffordshire' }, callerOf('warwickshire', 'staffordshire')).office).toBe('staffordshire');
  });

  it('is of the first office of a caller who has several, and refused with one that is not the caller’s', () => {
    expect(read({}, callerOf('warwickshire', 'staffordshire')).office).toBe('warwickshire');
    expect(refusal(() => read({ office: 'west-mercia' }))).toMatchObject([{ pointer: '/office' }]);
  });

  it('may come from a clock that goes a little fast, not from the future or the last century', () => {
    expect(read({ receivedAt: '2026-04-07T09:34:59Z' }).receivedAt).toEqual(new Date('2026-04-07T09:34:59Z'));
    expect(read({ receivedAt: null }).receivedAt).toBeNull();
    for (const receivedAt of ['2026-04-07T09:35:01Z', '1999-12-31T23:59:59Z']) {
      expect(refusal(() => read({ receivedAt }))).toMatchObject([{ pointer: '/receivedAt' }]);
    }
  });

  it('carries its files as bytes', () => {
    const file = { filename: 'a.txt', contentType: 'text/plain', contentBase64: 'w6k=' };
    expect(read({ attachments: [file] }).attachments).toEqual([
      { filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('é') },
    ]);
  });
});
