import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CategoryEntry, TriageRule } from './configuration';
import { triage, type TriageItem, type TriageOutcome } from './triage';

// Read as data: a library may not import another's inside.
const readSeed = <E>(kind: string): E[] =>
  JSON.parse(readFileSync(join(__dirname, '../../../../offices/src/seed', `${kind}.json`), 'utf8')) as E[];
const rules = readSeed<TriageRule>('triage-rule');
const categories = readSeed<CategoryEntry>('category');
const today = '2026-11-23';

function aLetter(letter: Partial<TriageItem>): TriageItem {
  return {
    office: 'west-mercia',
    channel: 'email',
    subject: '',
    body: '',
    senderAddress: 'resident@mail.example',
    capacity: null,
    recipientCount: 1,
    isCopyOnly: false,
    hasAttachment: false,
    isRestrictedCorrespondent: false,
    ...letter,
  };
}
const sorted = (letter: Partial<TriageItem>): TriageOutcome => triage(aLetter(letter), rules, today);

const letters: readonly [number, string, Partial<TriageItem>][] = [
  [
    1,
    'emergency',
    { subject: 'help', body: 'Someone is trying to break in, he has a knife, please send the police now.' },
  ],
  [
    2,
    'crime-report',
    {
      subject: 'Stolen bike',
      body: 'I would like to report that my bicycle was stolen from outside the library in Redditch.',
    },
  ],
  [
    3,
    'operational-issue',
    {
      subject: 'Speeding in Much Wenlock',
      body: 'Cars come down the High Street at 50 every morning. Could we have a speed camera?',
    },
  ],
  [
    4,
    'police-complaint',
    { body: 'I wish to complain about the officer who came to my home on Sunday. He was rude and would not listen.' },
  ],
  [
    5,
    'chief-constable-complaint',
    { body: 'This is a complaint about the Chief Constable. Her remarks on the radio were offensive.' },
  ],
  [
    6,
    'commissioner-complaint',
    { body: 'I want to make a complaint against the Police and Crime Commissioner for what he posted online.' },
  ],
  [
    7,
    'office-staff-complaint',
    { body: 'I am making a complaint about a member of your staff, who put the phone down on me twice.' },
  ],
  [
    8,
    'review-application',
    {
      subject: 'Complaint CO/0000/26',
      body: 'I have had the outcome of my complaint from Professional Standards and I would like to apply for a review.',
    },
  ],
  [
    9,
    'review-for-iopc',
    {
      body: 'I ask for a review of my complaint. The outcome letter says the relevant review body is the IOPC but I am sending it to you.',
    },
  ],
  [
    10,
    'pre-2020-appeal',
    { body: 'I was never happy with the outcome of my complaint of June 2018 and want to appeal it now.' },
  ],
  [
    11,
    'victim-support',
    { body: 'I was mugged in August and I have had nightmares since it happened. Is there someone to talk to?' },
  ],
  [
    12,
    'foi-request',
    { body: 'Under the Freedom of Information Act 2000, please tell me what the office spent on taxis in 2025.' },
  ],
  [
    13,
    'foi-for-force',
    {
      body: 'Freedom of Information request. How many stop and searches and arrests were there in Telford in 2025, held by West Mercia Police?',
    },
  ],
  [
    14,
    'environmental-information-request',
    { body: 'Under the Environmental Information Regulations I request the energy use of your headquarters.' },
  ],
  [15, 'subject-access-request', { body: 'Please send me a copy of all the personal data that you hold about me.' }],
  [
    16,
    'data-rights-request',
    { body: 'My date of birth is wrong in your files. Please correct my personal data and delete my old address.' },
  ],
  [
    17,
    'data-protection-complaint',
    {
      body: 'I am complaining about how your office handled my personal data: my address was shown to other people in an email.',
    },
  ],
  [
    18,
    'mp-letter',
    {
      senderAddress: 'office@mp.parliament.example',
      body: 'I have been contacted by a resident of Ludlow about anti-social behaviour and should be grateful for your comments.',
    },
  ],
  [
    19,
    'councillor-letter',
    {
      senderAddress: 'clerk@bramblewick-pc.gov.uk',
      body: 'The parish council discussed speeding at its last meeting and asks for the police to attend.',
    },
  ],
  [
    20,
    'media-enquiry',
    {
      senderAddress: 'newsdesk@bramblewicknews.example',
      body: 'I am a reporter and would like a comment from the commissioner on burglary figures by 4pm.',
    },
  ],
  [21, 'invitation', { body: 'We would be delighted to invite the commissioner to open our village hall in March.' }],
  [
    22,
    'funding-enquiry',
    { body: 'Our youth club would like to know how to apply for a grant from the commissioner.' },
  ],
  [
    23,
    'consultation-response',
    {
      subject: 'Draft police and crime plan',
      body: 'Here are my comments in response to your consultation. More officers in villages, please.',
    },
  ],
  [
    24,
    'compliment',
    { body: 'I want to say a big thank you to PC Example, who sat with my mother until the ambulance came.' },
  ],
  [25, 'campaign', { body: 'I am one of thousands adding my name to the call to save rural police counters.' }],
  [
    26,
    'petition',
    { subject: 'Petition', body: 'We enclose a petition with 412 signatures asking for a crossing at the school.' },
  ],
  [27, 'out-of-area', { body: 'Officers of Greater Manchester Police have not answered my letters about my car.' }],
  [
    28,
    'national-policy',
    { body: 'The law must be changed so that all knives sold are registered. Have you told the Home Secretary?' },
  ],
  [
    29,
    'criminal-justice-agency',
    { body: 'The Crown Prosecution Service dropped the case against my neighbour and nobody will say why.' },
  ],
  [
    30,
    'council-or-civil-matter',
    { body: 'There is a boundary dispute with next door over a hedge and the council will not come.' },
  ],
  [
    31,
    'intelligence',
    { body: 'I wish to remain anonymous. There is a man selling cocaine from the flat above the chip shop.' },
  ],
  [
    32,
    'whistle-blower',
    { body: 'I am a serving police officer and must tell someone, in confidence, about corruption in my unit.' },
  ],
  [
    33,
    'legal-letter',
    {
      subject: 'Letter before claim',
      body: 'We act for Ms Example and intend to apply for judicial review of your decision.',
    },
  ],
  [
    34,
    'panel-question',
    { body: 'I would like to ask a public question at the next meeting of the Police and Crime Panel.' },
  ],
  [
    35,
    'twelve-month-notice',
    {
      senderAddress: 'psd@westmercia-force.example',
      body: 'Regulation 13 notification: this investigation has not been completed within 12 months.',
    },
  ],
  [
    36,
    'restricted-correspondent',
    { isRestrictedCorrespondent: true, body: 'Again I write about the lamp post. You know my views.' },
  ],
  [
    37,
    'copied-in-only',
    { isCopyOnly: true, recipientCount: 4, body: 'Dear Highways, the sign at the junction is down again.' },
  ],
  [
    38,
    'spam',
    {
      subject: 'Rank higher',
      body: 'Our SEO services will get your site to the first page of Google. Reply for prices.',
    },
  ],
  [
    39,
    'victims-code-complaint',
    {
      body: 'Nobody told me about the trial. Under the Victims’ Code I should have been told and the force failed to do it.',
    },
  ],
];

it.each(letters)('row %i: proposes %s', (row, category, letter) => {
  const outcome = sorted(letter);
  expect([outcome.category, categories.find((each) => each.key === outcome.category)?.data.row]).toEqual([
    category,
    row,
  ]);
  expect(outcome.reasons.length).toBeGreaterThan(0);
});

it('reaches all 39 rows of the routing table', () => {
  expect(letters.map(([row]) => row)).toEqual(Array.from({ length: 39 }, (_, at) => at + 1));
});

describe('other letters of the kind', () => {
  it.each<[string, Partial<TriageItem>]>([
    ['mp-letter', { capacity: 'mp', channel: 'letter', body: 'My constituent waited an hour for 101.' }],
    ['mp-letter', { senderAddress: 'jo.example.mp@parliament.uk', body: 'Please look into the enclosed.' }],
    ['mp-letter', { body: 'I write on behalf of my constituent, Mr Example of Leominster, whose shed was burgled.' }],
    ['councillor-letter', { capacity: 'parish-council', body: 'Minutes enclosed.' }],
    [
      'councillor-letter',
      { body: 'Residents in my ward tell me they never see a patrol.\nCllr J. Example\nWard member for Clee' },
    ],
    ['media-enquiry', { capacity: 'media', channel: 'phone', body: 'Wants an interview on the precept.' }],
    ['media-enquiry', { body: 'Press enquiry: how many complaints did the office receive? My deadline is 5pm.' }],
    ['victim-support', { capacity: 'victim', body: 'I rang about my case.' }],
    ['foi-request', { body: 'How much has your office spent on consultants since 2024?' }],
    [
      'police-complaint',
      { body: 'The police failed to attend when my shop was robbed. I am disgusted with the response.' },
    ],
    ['police-complaint', { body: 'I was wrongfully arrested and the sergeant laughed at me.' }],
    ['operational-issue', { body: 'Quad bikes and youths are a nuisance on the common every weekend.' }],
    ['crime-report', { body: 'My van was broken into last night in Kidderminster and tools were taken.' }],
    ['invitation', { body: 'Could I have a slot at the commissioner’s surgery in Hereford?' }],
    ['legal-letter', { body: 'Our client instructs us that … Yours faithfully, Example Solicitors LLP' }],
    ['emergency', { body: 'he is going to kill her please help now' }],
    ['council-or-civil-matter', { body: 'Potholes on the B4368 have ruined my tyres.' }],
    ['whistle-blower', { capacity: 'officer', body: 'I was told to keep quiet about falsified statements.' }],
  ])('%s', (category, letter) => expect(sorted(letter).category).toBe(category));
});

it('leaves a letter that no rule knows to a person', () => {
  expect(sorted({ subject: 'Opening hours', body: 'When is your reception open?' })).toMatchObject({
    category: 'general-enquiry',
    queue: 'triage',
    ruleKeys: [],
    reasons: ['No rule matched, so a person decides what this is.'],
  });
});

it('says what else a letter may be: complaint, request for information and a victim in one', () => {
  const { category, also } = sorted({
    body: 'Under the Freedom of Information Act please send your policy. I also wish to complain about the officer, and I am a victim of burglary.',
  });
  expect([category, ...also]).toEqual(['foi-request', 'police-complaint', 'victim-support', 'operational-issue']);
});

it('never hides a statutory request behind a contact restriction', () => {
  expect(
    sorted({ isRestrictedCorrespondent: true, body: 'Freedom of Information request: your gifts register.' }),
  ).toMatchObject({ category: 'foi-request', also: ['restricted-correspondent'] });
});

it('knows whose area a force is: West Midlands Police is another area for West Mercia only', () => {
  const letter = { body: 'West Midlands Police have not answered my letters.' };
  expect(sorted(letter).category).toBe('out-of-area');
  expect(sorted({ ...letter, office: 'west-midlands' }).category).not.toBe('out-of-area');
});

it('has no data protection complaints before 19 June 2026, when the law began', () => {
  const letter = aLetter({ body: 'I am complaining about how your office handled my personal data.' });
  expect(triage(letter, rules, '2026-06-18').ruleKeys).not.toContain('data-protection-complaint');
  expect(triage(letter, rules, '2026-06-19').category).toBe('data-protection-complaint');
});
