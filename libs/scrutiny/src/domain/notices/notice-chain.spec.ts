import fc from 'fast-check';
import { addDays, HolidayCalendar } from '@app/kernel';
import { DueDays } from '../due-days';
import { awaitedOn, noticeChain, type ChainFacts, type ChainRule } from './notice-chain';

const due = new DueDays(new HolidayCalendar({ version: 1, holidays: [] }));
const RULE: ChainRule = { firstMonths: 12, everyMonths: 6, nextFrom: 'due-date' };

function anInvestigation(facts: Partial<ChainFacts> = {}): ChainFacts {
  return { startedOn: '2025-01-15', rule: RULE, receivedOn: [], finalisedOn: null, ...facts };
}

/** `2026-01-15 late 2026-01-20` for each notice of the chain. */
function told(facts: ChainFacts, today: string): string[] {
  return noticeChain(facts, today, due).map(({ dueOn, state, receivedOn }) =>
    [dueOn, state, ...(receivedOn === null ? [] : [receivedOn])].join(' '),
  );
}

describe('the notices of a long investigation (R2.11)', () => {
  it.each([
    ['in its first year the first is due at 12 months', [], null, '2025-06-01', ['2026-01-15 due']],
    ['on the day itself it is not overdue', [], null, '2026-01-15', ['2026-01-15 due']],
    ['the day after it is', [], null, '2026-01-16', ['2026-01-15 overdue', '2026-07-15 due']],
    [
      'the next is due six months on',
      ['2026-01-14'],
      null,
      '2026-02-01',
      ['2026-01-15 in-time 2026-01-14', '2026-07-15 due'],
    ],
    [
      'a late one moves no later one',
      ['2026-02-02'],
      null,
      '2026-02-03',
      ['2026-01-15 late 2026-02-02', '2026-07-15 due'],
    ],
    [
      'one at 19 months answers that of 18, and that of 12 is missed',
      ['2026-08-20'],
      null,
      '2026-08-21',
      ['2026-01-15 missed', '2026-07-15 late 2026-08-20', '2027-01-15 due'],
    ],
    ['one half a year early answers none', ['2025-07-15'], null, '2025-08-01', ['2026-01-15 due']],
    [
      'a second one a month later answers none',
      ['2026-01-15', '2026-02-20'],
      null,
      '2026-03-01',
      ['2026-01-15 in-time 2026-01-15', '2026-07-15 due'],
    ],
    ['an investigation that ends within the year needs none', [], '2026-01-15', '2026-03-01', []],
    ['one that ends a day later needed one', [], '2026-01-16', '2026-03-01', ['2026-01-15 missed']],
    [
      'the end closes the chain',
      ['2026-01-15', '2026-07-10'],
      '2026-11-03',
      '2028-01-01',
      ['2026-01-15 in-time 2026-01-15', '2026-07-15 in-time 2026-07-10'],
    ],
  ] as const)('%s', (_name, receivedOn, finalisedOn, today, expected) => {
    expect(told(anInvestigation({ receivedOn, finalisedOn }), today)).toEqual(expected);
  });

  it('counts every day from the start, so that short months lose no day', () => {
    expect(told(anInvestigation({ startedOn: '2024-08-31' }), '2026-09-01')).toEqual([
      '2025-08-31 overdue',
      '2026-02-28 overdue',
      '2026-08-31 overdue',
      '2027-02-28 due',
    ]);
    expect(told(anInvestigation({ startedOn: '2024-02-29' }), '2025-02-28')).toEqual(['2025-02-28 due']);
  });

  it('counts from the last notice where the office has set it so', () => {
    const rule: ChainRule = { ...RULE, nextFrom: 'receipt' };
    expect(told(anInvestigation({ rule, receivedOn: ['2026-02-02'] }), '2026-02-03')).toEqual([
      '2026-01-15 late 2026-02-02',
      '2026-08-02 due',
    ]);
    expect(told(anInvestigation({ rule }), '2027-06-01')).toEqual(['2026-01-15 overdue']);
  });

  it('has no more answers than notices, in the order of days, and waits for one while it runs', () => {
    const days = fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2025-01-15', days));
    const notices = fc.array(days, { maxLength: 6 }).map((received) => [...received].sort());
    fc.assert(
      fc.property(notices, days, fc.constantFrom('due-date', 'receipt'), (receivedOn, today, nextFrom) => {
        const facts = anInvestigation({
          receivedOn: receivedOn.filter((on) => on <= today),
          rule: { ...RULE, nextFrom },
        });
        const chain = noticeChain(facts, today, due);
        const answers = chain.flatMap((slot) => slot.receivedOn ?? []);
        expect(facts.receivedOn).toEqual(expect.arrayContaining(answers));
        expect(answers).toEqual([...answers].sort());
        expect(chain.map(({ dueOn }) => dueOn)).toEqual(chain.map(({ dueOn }) => dueOn).sort());
        expect(awaitedOn(chain)).not.toBeNull();
        const over = noticeChain({ ...facts, finalisedOn: today }, today, due);
        expect(awaitedOn(over)).toBeNull();
        expect(over.flatMap((slot) => slot.receivedOn ?? [])).toEqual(answers);
      }),
    );
  });
});
