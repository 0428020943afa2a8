import fc from 'fast-check';
import { LendingDatabase, LendingProcess } from '../testing/boot-lending.fixture';
import { BulkInsert, byteaText } from './bulk-insert';
import { UnitOfWork } from './unit-of-work';

describe('BulkInsert', () => {
  let database: LendingDatabase;
  let lending: LendingProcess;

  beforeAll(async () => {
    database = await LendingDatabase.create();
    await database.rows(
      `CREATE TABLE parcel (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label text, weight numeric, is_open boolean,
         content bytea, data jsonb, arrived_at timestamptz, tags text[])`,
    );
    await database.rows(`CREATE TABLE stamp (parcel text NOT NULL)`);
    lending = await LendingProcess.boot(database.url);
  });
  afterAll(async () => {
    await lending.stop();
    await database.drop();
  });

  const run = (bulk: BulkInsert): Promise<void> =>
    lending.inTransaction(() => bulk.run(lending.get(UnitOfWork).manager));

  it('writes rows of several tables in one statement, in the order given, with the defaults of absent columns', async () => {
    const bulk = new BulkInsert()
      .add('parcel', { label: 'first' }, { label: 'second' })
      .add('stamp', { parcel: 'first' })
      .add('parcel', { label: 'third' });
    await run(bulk);
    expect(await database.rows(`SELECT label, weight FROM parcel ORDER BY id`)).toEqual([
      { label: 'first', weight: null },
      { label: 'second', weight: null },
      { label: 'third', weight: null },
    ]);
    expect(await database.rows(`SELECT parcel FROM stamp`)).toEqual([{ parcel: 'first' }]);
  });

  it('writes nothing of any table when one row is refused', async () => {
    await database.rows(`TRUNCATE parcel, stamp`);
    const bulk = new BulkInsert().add('parcel', { label: 'kept?' }).add('stamp', { parcel: null });
    await expect(run(bulk)).rejects.toThrow('null value in column "parcel"');
    expect(await database.rows(`SELECT label FROM parcel`)).toEqual([]);
  });

  it('does nothing when there is nothing to write', async () => {
    await run(new BulkInsert().add('parcel'));
  });

  it('refuses rows of one table that name different columns instead of dropping values', async () => {
    const bulk = new BulkInsert().add('parcel', { label: 'a' }, { label: 'b', weight: 2 });
    await expect(run(bulk)).rejects.toThrow('parcel');
  });

  it('stores values of every kind as they were', async () => {
    // PostgreSQL holds no NUL in text and no lone surrogates; whoever takes text from outside cleans it (intake).
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''));
    const parcel = fc.record({
      label: fc.option(text),
      weight: fc.option(fc.integer()),
      is_open: fc.option(fc.boolean()),
      content: fc.uint8Array(),
      data: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
      arrived_at: fc.date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('2100-01-01') }),
      tags: fc.array(text),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(parcel, { minLength: 1, maxLength: 5 }), async (parcels) => {
        await database.rows(`TRUNCATE parcel`);
        const rows = parcels.map(({ content, tags, ...row }) => ({
          ...row,
          content: byteaText(content),
          tags,
        }));
        await run(new BulkInsert().add('parcel', ...rows));
        const stored = await database.rows(
          `SELECT label, weight::float8, is_open, content, data, arrived_at, tags FROM parcel ORDER BY id`,
        );
        const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
        expect(asJson(stored)).toEqual(
          asJson(parcels.map((each) => ({ ...each, content: Buffer.from(each.content) }))),
        );
      }),
      { numRuns: 40 },
    );
  });
});
