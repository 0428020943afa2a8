import { seedEntries } from '../seed';
import { checkData } from './check-data';
import { CONFIGURATION_KINDS, configurationKind } from './configuration-kinds';

describe('the shipped configuration', () => {
  it.each(seedEntries().map((entry) => [`${entry.kind} ${entry.office ?? ''} ${entry.key}`, entry] as const))(
    '%s is what the editor would take',
    (_name, entry) => {
      const kind = configurationKind(entry.kind);
      expect(kind).toBeDefined();
      expect(kind?.mayBeShared === true || entry.office !== null).toBe(true);
      if (kind) expect(checkData(kind, entry.data)).toEqual([]);
    },
  );
});

describe('an entry that is wrong', () => {
  const problemsOf = (kind: string, data: unknown): Record<string, string> => {
    const found = CONFIGURATION_KINDS.find((each) => each.kind === kind);
    if (!found) throw new Error(`no kind ${kind}`);
    return Object.fromEntries(checkData(found, data).map(({ pointer, message }) => [pointer, message]));
  };

  it('names every wrong field in plain words', () => {
    expect(problemsOf('queue', { name: ' ', isRestricted: 'no', colour: 'red' })).toEqual({
      '/data/name': 'must not be empty',
      '/data/description': 'is required',
      '/data/isRestricted': 'must be yes or no',
      '/data/colour': 'is not known here',
    });
    expect(problemsOf('queue', [])).toEqual({ '/data': 'must be an object' });
  });

  it('names wrong fields inside fields', () => {
    const clock = {
      clock: 'reply',
      policy: { rule: 'reply-x', unit: 'weeks', count: -1, region: 'any-uk', dayZero: 'receipt', rollForward: 'none' },
    };
    expect(problemsOf('standard', { category: 'foi-request', channel: 'email', clocks: [clock, clock] })).toEqual({
      '/data/category': 'choose either a category or a channel: a standard is for one of them',
      '/data/clocks': 'must name each clock once',
      '/data/clocks/0/policy/unit': 'must be one of working-days, calendar-days, calendar-months',
      '/data/clocks/0/policy/count': 'must be a whole number from 0 to 3650',
      '/data/clocks/1/policy/unit': 'must be one of working-days, calendar-days, calendar-months',
      '/data/clocks/1/policy/count': 'must be a whole number from 0 to 3650',
    });
  });

  it('refuses a rule that would match every letter, and a postcode that is none', () => {
    const then = { category: 'compliment', priority: 'low' };
    expect(problemsOf('triage-rule', { order: 1, when: {}, then, reason: 'x' })).toEqual({
      '/data/when': 'must have at least one condition, or the rule would match every letter',
    });
    expect(problemsOf('area', { name: 'A', level: 'straddling', outcodes: ['WR5', 'wr 6'] })).toEqual({
      '/data/outcodes': 'line 2 must be the first part of a postcode, such as WR5',
    });
  });
});
