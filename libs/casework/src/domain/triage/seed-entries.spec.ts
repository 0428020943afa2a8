import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entriesInForce, type ConfigurationEntry } from '@app/kernel';
import { Liquid } from 'liquidjs';
import type {
  AreaEntry,
  CategoryEntry,
  Channel,
  CouncilEntry,
  DestinationEntry,
  OfficeEntry,
  PlanEntry,
  QueueEntry,
  RiskPhraseSet,
  StandardEntry,
  TemplateEntry,
  TriageRule,
} from './configuration';
import { parsePhrase } from './phrase';
import { standardsFor } from './standards-for';

// Read as data: a library may not import another's inside.
const readSeed = <E>(kind: string): E[] =>
  JSON.parse(readFileSync(join(__dirname, '../../../../offices/src/seed', `${kind}.json`), 'utf8')) as E[];

const offices = readSeed<OfficeEntry>('office');
const categories = readSeed<CategoryEntry>('category');
const queues = readSeed<QueueEntry>('queue');
const destinations = readSeed<DestinationEntry>('destination');
const standards = readSeed<StandardEntry>('standard');
const templates = readSeed<TemplateEntry>('template');
const rules = readSeed<TriageRule>('triage-rule');
const riskPhrases = readSeed<RiskPhraseSet>('risk-phrase');
const areas = readSeed<AreaEntry>('area');
const councils = readSeed<CouncilEntry>('council');
const plans = readSeed<PlanEntry>('plan');
const postcodeDistricts = readSeed<ConfigurationEntry>('postcode-district');
const byKind: Readonly<Record<string, readonly ConfigurationEntry[]>> = {
  office: offices,
  category: categories,
  queue: queues,
  destination: destinations,
  standard: standards,
  template: templates,
  'triage-rule': rules,
  'risk-phrase': riskPhrases,
  area: areas,
  council: councils,
  plan: plans,
  'postcode-district': postcodeDistricts,
};
const officeKeys = offices.map((office) => office.key);
const today = '2026-11-23';
const channels: readonly Channel[] = ['email', 'web-form', 'phone', 'letter', 'in-person', 'social-media', 'event'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

describe.each(Object.entries(byKind))('%s entries', (kind, entries) => {
  it('have the one shape, of their own kind and of known offices', () => {
    for (const entry of entries) {
      expect(Object.keys(entry)).toEqual(['kind', 'key', 'office', 'validFrom', 'validTo', 'data']);
      expect(entry.kind).toBe(kind);
      expect(entry.key).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect([null, ...officeKeys]).toContain(entry.office);
      expect(entry.validFrom).toMatch(DAY);
      expect(entry.validTo ?? today).toMatch(DAY);
      expect(entry.validTo === null || entry.validFrom <= entry.validTo).toBe(true);
    }
  });

  it('never overlap under one key and office', () => {
    const seen = new Map<string, ConfigurationEntry[]>();
    for (const entry of entries) {
      const key = `${entry.office} ${entry.key}`;
      const others = seen.get(key) ?? [];
      const overlapping = others.filter(
        (other) => entry.validFrom <= (other.validTo ?? '9999') && other.validFrom <= (entry.validTo ?? '9999'),
      );
      expect(overlapping).toEqual([]);
      seen.set(key, [...others, entry]);
    }
  });

  it('have data of the same fields in each', () => {
    const optional = kind === 'triage-rule' ? ['weight'] : [];
    const fieldsOf = (entry: ConfigurationEntry): string[] =>
      Object.keys(entry.data as object).filter((field) => !optional.includes(field));
    for (const entry of entries) expect(fieldsOf(entry)).toEqual(fieldsOf(entries[0] ?? entry));
  });

  it('name invented people and addresses only', () => {
    const addresses = JSON.stringify(entries).match(/[\w.-]+@[\w.-]+/g) ?? [];
    expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
  });
});

it('gives each office a code that can be read out on the telephone, and the mailbox of the demonstration', () => {
  expect(offices.map((office) => [office.key, office.data.code])).toEqual([
    ['west-mercia', 'WM'],
    ['west-midlands', 'WD'],
    ['warwickshire', 'WK'],
    ['staffordshire', 'ST'],
  ]);
  for (const { key, data } of offices) {
    expect(data.code).toMatch(/^[0-9A-HJKMNPRSTV-Z]{2}$/);
    expect(data.mailboxes).toContain(`opcc@${key}.example`);
    expect(data.telephone).toMatch(/^01632 960\d{3}$/); // Ofcom's numbers for drama use
    expect(areas.map((area) => area.key)).toEqual(expect.arrayContaining([...data.areas]));
  }
});

it('has one category for each of the 39 rows of the routing table, and the fallback', () => {
  expect(categories.map((category) => category.data.row)).toEqual([
    ...Array.from({ length: 39 }, (_, at) => at + 1),
    null,
  ]);
  expect(categories.at(-1)?.key).toBe('general-enquiry');
});

describe.each(officeKeys)('in %s', (office) => {
  const queueKeys = entriesInForce(queues, office, today).map((queue) => queue.key);
  const destinationKeys = entriesInForce(destinations, office, today).map((destination) => destination.key);

  it('every category has its queue, its destination and all its clocks on every channel', () => {
    for (const category of entriesInForce(categories, office, today)) {
      expect(queueKeys).toContain(category.data.queue);
      if (category.data.destination !== null) expect(destinationKeys).toContain(category.data.destination);
      if (category.data.clocks.includes('forward')) expect(category.data.destination).not.toBeNull();
      for (const channel of channels) {
        const clocks = standardsFor(category, channel, standards, office, today).map((standard) => standard.clock);
        expect(clocks).toEqual(category.data.clocks);
      }
    }
  });

  it('every rule leads to a category and a queue that exist', () => {
    const keys = entriesInForce(categories, office, today).map((category) => category.key);
    for (const { data } of entriesInForce(rules, office, today)) {
      expect(keys).toContain(data.then.category);
      if (data.then.queue !== undefined) expect(queueKeys).toContain(data.then.queue);
      expect(Object.keys(data.when).length).toBeGreaterThan(0);
    }
  });
});

it.each([
  ['general-enquiry', 'email', 'acknowledge', 'working-days', 3, 'england-and-wales', 'none'],
  ['general-enquiry', 'letter', 'acknowledge', 'working-days', 5, 'england-and-wales', 'none'],
  ['general-enquiry', 'phone', 'reply', 'working-days', 20, 'england-and-wales', 'none'],
  ['general-enquiry', 'email', 'update', 'working-days', 20, 'england-and-wales', 'none'],
  ['review-application', 'email', 'acknowledge', 'working-days', 5, 'england-and-wales', 'none'],
  ['police-complaint', 'email', 'forward', 'working-days', 2, 'england-and-wales', 'none'],
  ['foi-request', 'email', 'reply', 'working-days', 20, 'any-uk', 'none'],
  ['environmental-information-request', 'email', 'reply', 'working-days', 20, 'any-uk', 'none'],
  ['subject-access-request', 'email', 'reply', 'calendar-months', 1, 'england-and-wales', 'next-working-day'],
  ['data-rights-request', 'email', 'reply', 'calendar-months', 1, 'england-and-wales', 'next-working-day'],
  ['data-protection-complaint', 'email', 'acknowledge', 'calendar-days', 30, 'england-and-wales', 'next-working-day'],
  ['chief-constable-complaint', 'email', 'update', 'calendar-days', 28, 'england-and-wales', 'none'],
  ['emergency', 'email', 'forward', 'calendar-days', 0, 'england-and-wales', 'none'],
  ['twelve-month-notice', 'email', 'update', 'calendar-months', 6, 'england-and-wales', 'next-working-day'],
] as const)('%s by %s: %s within %s %i', (key, channel, clock, unit, count, region, rollForward) => {
  const category = categories.find((each) => each.key === key);
  expect(category).toBeDefined();
  if (category === undefined) return;
  const policy = standardsFor(category, channel, standards, 'west-mercia', today).find((each) => each.clock === clock);
  expect(policy?.policy).toMatchObject({ unit, count, region, rollForward, dayZero: 'receipt' });
});

it('sends West Mercia’s victims to the Advice Line until 31 July 2025 and to the Gateway from 1 August', () => {
  const nameOn = (day: string): string | undefined =>
    entriesInForce(destinations, 'west-mercia', day).find(({ key }) => key === 'victim-support')?.data.name;
  expect([nameOn('2025-07-31'), nameOn('2025-08-01')]).toEqual(['Victim Advice Line', 'Victim Support Gateway']);
});

it('has only phrases that can be read, and screens for all six risks', () => {
  for (const { data } of rules) {
    const { anyWords = [], allWords = [], noneWords = [], subjectWords = [], placeWords = [] } = data.when;
    for (const phrase of [...anyWords, ...allWords, ...noneWords, ...subjectWords, ...placeWords]) parsePhrase(phrase);
  }
  for (const { data } of riskPhrases) {
    for (const { phrase, unless = [] } of data.phrases)
      for (const each of [phrase, ...unless]) parsePhrase(each, data.groups);
    expect(new Set(data.phrases.map(({ level }) => level)).has('critical')).toBe(true);
  }
  expect(riskPhrases.map(({ data }) => data.risk).sort()).toEqual([
    'child-or-adult-at-risk',
    'domestic-abuse',
    'self-harm',
    'terrorism',
    'threat-to-life',
    'threat-to-staff',
  ]);
});

it('settles no area twice on any day', () => {
  for (const day of ['2026-01-18', '2026-01-19']) {
    const outcodes = entriesInForce(areas, 'west-mercia', day).flatMap((area) => area.data.outcodes);
    expect(new Set(outcodes).size).toBe(outcodes.length);
  }
});

it('knows the ten councils of West Mercia, and one plan for every day since April 2013', () => {
  expect(councils.map((council) => council.data.gssCode)).toHaveLength(10);
  for (const day of ['2013-04-01', '2016-03-31', '2016-04-01', '2025-03-31', '2025-04-01', today]) {
    expect(entriesInForce(plans, 'west-mercia', day)).toHaveLength(1);
  }
});

/** Fields of letters that only some templates ask for. */
const LATER_FIELDS = [
  'forceReference',
  'papersWanted',
  'papersDueBy',
  'recommendationType',
  'recommendationText',
  'recommendationMadeOn',
  'responseDueBy',
  'decisionForce',
  'decisionReader',
  'decisionOutcome',
  'decisionPapers',
  'decisionAllegations',
  'decisionMeaning',
  'decisionRecommendations',
  'decisionFeedback',
  'decisionSignatory',
  'decisionRole',
];

describe('templates', () => {
  const liquid = new Liquid({ strictFilters: true, strictVariables: true });
  const bare = {
    reference: 'WM-2026-000123-K',
    link: 'https://contact.example/follow/open/x',
    officeName: 'Office of Example',
    officeTelephone: '01632 960101',
    receivedOn: '22 November 2026',
    nextStep: 'We will read it.',
    replyText: 'It is done.',
    destinationName: 'Example Body',
    forwardReason: 'it is theirs to answer',
    signatory: null,
    correspondentName: null,
    subject: null,
    replyBy: null,
    updateBy: null,
    destinationContact: null,
    lawfulBasis: null,
    consent: null,
    replyExpected: null,
    senderTold: null,
    ...Object.fromEntries(LATER_FIELDS.map((name) => [name, null])),
  };
  const full = {
    ...bare,
    correspondentName: 'J. Example',
    replyBy: '18 December 2026',
    updateBy: '21 December 2026',
    destinationContact: 'contact@example-body.example',
    lawfulBasis: 'Public task',
    consent: 'Given by telephone',
    replyExpected: 'yes',
    senderTold: 'yes',
    ...Object.fromEntries(LATER_FIELDS.map((name) => [name, name])),
  };
  /** What those must say that do not say all of it: written before there is a case, or within a letterhead. */
  const PARTS_OF: Readonly<Record<string, readonly string[]>> = {
    'draft-link': [bare.link],
    'review-papers-request': [bare.reference, bare.officeTelephone],
    'review-papers-chaser': [bare.reference, bare.officeTelephone],
    'review-complaint-withdrawn': [bare.reference, bare.officeTelephone],
    'review-recommendation-chaser': [bare.reference, bare.officeTelephone],
    'review-decision-applicant': [bare.reference, bare.receivedOn],
    'review-decision-authority': [bare.reference, bare.receivedOn],
    'review-decision-party': [bare.reference],
    'review-decision-cover': [bare.reference, bare.officeTelephone],
  };
  const NEEDS_MORE = new Set(Object.keys(PARTS_OF).filter((key) => key.startsWith('review-')));
  const render = (text: string, values: object): string => String(liquid.parseAndRenderSync(text, values));

  it.each(templates.map((template) => [template.key, template.data] as const))(
    '%s renders with every field and with the least',
    (key, { subject, body }) => {
      const parts = PARTS_OF[key] ?? [bare.officeTelephone, bare.reference, bare.receivedOn];
      for (const values of [bare, full]) {
        const rendered = `${render(subject, values)}\n${render(body, values)}`;
        for (const part of parts) expect(rendered).toContain(part);
        // A letter is given to somebody only with what it is about: the least is no letter then.
        if (values === full || !NEEDS_MORE.has(key)) expect(rendered).not.toMatch(/\{[{%]|undefined|null| [.,]|\n{3}/);
      }
    },
  );

  it('acknowledges with the reference, the next step, the date and the emergency wording', () => {
    const template = templates.find(({ key }) => key === 'acknowledgement');
    const rendered = render(template?.data.body ?? '', full);
    for (const part of [full.reference, full.nextStep, full.replyBy, '999', '101', '116 123', 'round the clock']) {
      expect(rendered).toContain(part);
    }
  });

  it('tells the destination that the sender knows only where the sender was told', () => {
    const body = templates.find(({ key }) => key === 'forward-to-destination')?.data.body ?? '';
    expect(render(body, full)).toContain('The sender has been told');
    expect(render(body, bare)).not.toContain('The sender has been told');
  });
});
