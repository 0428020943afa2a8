import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RiskPhraseSet } from '../triage/configuration';
import { screenRisk } from './risk-screen';

const sets = JSON.parse(
  readFileSync(join(__dirname, '../../../../offices/src/seed/risk-phrase.json'), 'utf8'),
) as RiskPhraseSet[];
const screen = (body: string): ReturnType<typeof screenRisk> => screenRisk({ subject: '', body }, sets);

const mustHold: readonly [string, string][] = [
  ['self-harm', 'I am going to kill myself.'],
  ['self-harm', 'honestly i cant go on anymore'],
  ['self-harm', 'I can’t go on.'],
  ['self-harm', 'I just can’t... go on'],
  ['self-harm', 'They would all be better off without me.'],
  ['self-harm', 'Sometimes I think I should end it all.'],
  ['self-harm', 'By the time you read this it will be too late.'],
  ['self-harm', 'I took all my tablets last night.'],
  ['self-harm', 'I don’t want to be here any more'],
  ['self-harm', 'im so suicidal right now'],
  ['self-harm', 'gonna kms tbh'],
  ['self-harm', 'My son says he is going to kill himself.'],
  ['self-harm', 'There is no reason to live.'],
  ['self-harm', 'I have taken an overdose'],
  ['self-harm', 'I have been cutting myself again'],
  ['self-harm', 'Nobody would even miss me.'],
  ['self-harm', 'I wish I was dead'],
  ['self-harm', 'I WANT TO DIE'],
  ['self-harm', 'Dw i eisiau marw'],
  ['self-harm', 'Rwy’n meddwl am hunanladdiad'],
  ['self-harm', 'I will jump off the bridge at Jackfield'],
  ['self-harm', 'I have lost the will to live and want it all to end'],
  ['threat-to-life', 'If nobody comes I will kill him, I swear.'],
  ['threat-to-life', 'He is going to kill me when he gets out.'],
  ['threat-to-life', 'He has threatened to kill my brother'],
  ['threat-to-life', 'I fear for my life every day'],
  ['threat-to-life', 'There is a man outside the shop with a knife'],
  ['threat-to-life', 'someone is breaking into my house now'],
  ['threat-to-life', 'I won’t be responsible for my actions if this goes on'],
  ['threat-to-life', 'If you do nothing I will take the law into my own hands.'],
  ['threat-to-life', 'Please send someone, he is strangling her'],
  ['threat-to-life', 'I am gonna stab my neighbour'],
  ['child-or-adult-at-risk', 'The children next door are being hit every night.'],
  ['child-or-adult-at-risk', 'There is something wrong with the little girl next door'],
  ['child-or-adult-at-risk', 'My neighbour is beating his kids'],
  ['child-or-adult-at-risk', 'The baby has bruises on her arms'],
  ['child-or-adult-at-risk', 'My daughter is being groomed online'],
  ['child-or-adult-at-risk', 'she leaves the kids home alone all night'],
  ['child-or-adult-at-risk', 'The carer hits my mother'],
  ['child-or-adult-at-risk', 'I am worried about my elderly neighbour'],
  ['child-or-adult-at-risk', 'They are taking his pension and have taken over his flat'],
  ['child-or-adult-at-risk', 'im only 14 and he wont stop'],
  ['child-or-adult-at-risk', 'They are sending my niece to a forced marriage'],
  ['child-or-adult-at-risk', 'He raped me'],
  ['child-or-adult-at-risk', 'I have not eaten for days'],
  ['domestic-abuse', 'My husband hits me when he drinks.'],
  ['domestic-abuse', 'he keeps hitting me'],
  ['domestic-abuse', 'I am scared of my ex partner, he waits outside my work'],
  ['domestic-abuse', 'He put his hands round my throat'],
  ['domestic-abuse', 'Please do not ring me at home, he listens'],
  ['domestic-abuse', 'she controls everything I do and checks my phone'],
  ['domestic-abuse', 'My ex keeps turning up in breach of his restraining order'],
  ['domestic-abuse', 'He doesn’t know I am writing to you'],
  ['domestic-abuse', 'Mae’n fy mwrw i bob nos'],
  ['domestic-abuse', 'I am afraid of what he will do if he finds out'],
  ['domestic-abuse', 'He won’t let me leave the house'],
  ['threat-to-staff', 'You’ll be sorry.'],
  ['threat-to-staff', 'Carry on ignoring me and you will regret it'],
  ['threat-to-staff', 'I know where you live.'],
  ['threat-to-staff', 'We know where your children go to school'],
  ['threat-to-staff', 'I am coming for you and your commissioner'],
  ['threat-to-staff', 'Watch your back'],
  ['threat-to-staff', 'I hope you die in pain'],
  ['threat-to-staff', 'I will burn your office down'],
  ['threat-to-staff', 'your days are numbered mate'],
  ['threat-to-staff', 'The commissioner should be shot'],
  ['threat-to-staff', 'i will find you'],
  ['threat-to-staff', 'Dw i’n gwybod lle ti’n byw'],
  ['terrorism', 'There is a bomb in the town hall.'],
  ['terrorism', 'They are planning an attack on the mosque'],
  ['terrorism', 'My brother has been radicalised and is buying weapons'],
  ['terrorism', 'I will blow up the police station'],
];

const mustBeSeen: readonly string[] = [
  'A question on the county’s suicide prevention strategy',
  'I am at my wits’ end with these motorbikes',
  'She took her own life last year',
  'What do you do for victims of domestic abuse?',
  'I can’t cope any more with the noise',
];

const ordinary: readonly string[] = [
  'I was just killing time at the bus stop in Ludlow.',
  'Our lane is a dead end and lorries keep turning in it.',
  'The deadline for comments is Friday.',
  'In the end, it all worked out rather well.',
  'It came to nothing in the end. It all began with a hedge.',
  'You will be sorry to hear that the fete is cancelled.',
  'We can’t go on holiday until the fence is mended.',
  'I cannot go on the website because it asks for a password.',
  'You’re dead right about the speeding.',
  'It won’t kill you to reply to my letter.',
  'I could murder a cup of tea.',
  'My battery died during the call to 101.',
  'He hit the nail on the head at the meeting.',
  'Children walk to school along this road and cars go by at 50.',
  'Please could you send me a copy of the minutes?',
  'The parish council would like to invite the commissioner to our meeting.',
  'Thank you for the prompt response of your officers.',
  'The clay shooting club asks about licence renewals.',
  'A car hit my garden wall last night and drove off.',
  'The meeting is being held in the village hall.',
  'I left the form at your reception desk.',
  'Could the patrol car come to Clee Hill more often?',
  'The precept is too high and I shall say so at the election.',
  'The gate has been broken and needs mending.',
  'I will get you the details tomorrow.',
  'Bath bombs were stolen from our shop.',
  'We look forward to your reply.',
  'The bus takes an hour and I am tired of waiting for it.',
  'Please keep an eye on the car park, youths race there on Saturdays.',
  'My neighbour’s hedge is over the boundary.',
];

const examples = JSON.parse(readFileSync(join(__dirname, 'example-sentences.json'), 'utf8')) as Record<
  'hold' | 'look' | 'silent',
  string[]
>;

it.each(mustHold)('holds the acknowledgement for %s: %s', (risk, sentence) => {
  const { holdsAcknowledgement, reasons } = screen(
    `Dear Commissioner,\n\n${sentence}\n\nYours faithfully,\nJ. Example`,
  );
  expect({ holdsAcknowledgement, risks: reasons.map((reason) => reason.risk) }).toEqual({
    holdsAcknowledgement: true,
    risks: expect.arrayContaining([risk]),
  });
});

it.each(mustBeSeen)('shows a person, and still acknowledges: %s', (sentence) => {
  expect(screen(sentence)).toMatchObject({ level: 'medium', holdsAcknowledgement: false });
});

it.each(ordinary)('stays silent on: %s', (sentence) => {
  expect(screen(sentence)).toEqual({ level: 'none', reasons: [], holdsAcknowledgement: false });
});

it('keeps its verdict on every sentence that was once missed or once fired on for nothing', () => {
  const levelOf = (sentence: string): string => screen(sentence).level;
  expect(examples.hold.filter((sentence) => ['none', 'medium'].includes(levelOf(sentence)))).toEqual([]);
  expect(examples.look.filter((sentence) => levelOf(sentence) !== 'medium')).toEqual([]);
  expect(examples.silent.filter((sentence) => levelOf(sentence) !== 'none')).toEqual([]);
  expect(examples.hold.length).toBeGreaterThan(140);
  expect(examples.silent.length).toBeGreaterThan(120);
});

it('reads the longest letter at once', () => {
  const letter = mustHold.map(([, sentence]) => sentence).join(' ');
  const startedAt = process.cpuUsage();
  screen(letter.repeat(50).slice(0, 200_000));
  const { user, system } = process.cpuUsage(startedAt);
  // About 5 ms at rest; the bound leaves room for a slow and busy machine and still fails if time were quadratic.
  expect((user + system) / 1000).toBeLessThan(500);
});
