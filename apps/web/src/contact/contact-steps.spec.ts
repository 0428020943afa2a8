import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { screenRisk } from '../../../../libs/casework/src/domain/risk/risk-screen';
import { MessageCatalogue, textAt } from '../http/messages';
import { letterOf } from './contact-letter';
import {
  answersOf,
  checkStep,
  CONTACT_STEPS,
  openStep,
  readStep,
  stepBefore,
  TOPICS,
  type ContactAnswers,
} from './contact-steps';

const OFFICES = ['west-mercia', 'warwickshire'];
const staff = MessageCatalogue.read().of('en');
const aLetter = (changes: Partial<ContactAnswers> = {}): ContactAnswers =>
  answersOf({
    office: 'west-mercia',
    topic: 'local',
    subject: 'Street lights in Ludlow',
    message: 'The lights by the bridge have been out for a month.',
    replyBy: 'email',
    email: 'asha.ferris@post.example',
    ...changes,
  });

describe('the pages of the contact form', () => {
  it('leads through them in order and then to the summary', () => {
    const done: string[] = [];
    for (const step of CONTACT_STEPS) {
      expect(openStep(aLetter(), done, OFFICES)).toBe(step);
      done.push(step);
    }
    expect(openStep(aLetter(), done, OFFICES)).toBeNull();
  });

  it('opens a page again whose answer no longer fits another one', () => {
    expect(openStep(aLetter({ replyBy: 'phone' }), CONTACT_STEPS, OFFICES)).toBe('details');
    expect(openStep(aLetter({ office: 'gone' }), CONTACT_STEPS, OFFICES)).toBe('office');
  });

  it.each<[(typeof CONTACT_STEPS)[number], Partial<ContactAnswers>, string[]]>([
    ['office', { office: 'nowhere' }, ['office']],
    ['topic', { topic: '' }, ['topic']],
    ['message', { subject: '', message: '' }, ['subject', 'message']],
    ['message', { subject: 'x'.repeat(201), message: 'x'.repeat(20_001) }, ['subject', 'message']],
    ['reply', { replyBy: 'pigeon' }, ['replyBy']],
    ['details', { email: 'no address' }, ['email']],
    ['details', { replyBy: 'phone', phone: 'call me' }, ['phone']],
    ['details', { replyBy: 'post' }, ['name', 'address']],
    ['adjustments', { formats: 'audio,language' }, ['more']],
    ['adjustments', { more: 'x'.repeat(1001) }, ['more']],
  ])('names what is wrong on the page %s', (step, changes, fields) => {
    const errors = checkStep(step, aLetter(changes), OFFICES);
    expect(errors.map(({ field }) => field)).toEqual(fields);
    for (const { text } of errors) expect(textAt(staff, text)).not.toBe('');
  });

  it('reads its own fields only, without control characters', () => {
    expect(readStep('message', { subject: ' a\u0000b ', message: 'one\r\ntwo', office: 'x' })).toEqual({
      subject: 'ab',
      message: 'one\ntwo',
    });
    expect(readStep('office', {})).toEqual({ office: '' });
    expect(readStep('adjustments', { 'format-audio': 'yes', 'format-magic': 'yes', more: '' })).toEqual({
      formats: 'audio',
      more: '',
    });
  });

  it('goes back a page, or to the summary when all is answered', () => {
    expect(stepBefore('office', false)).toBe('/contact');
    expect(stepBefore('message', false)).toBe('/contact/topic');
    expect(stepBefore('message', true)).toBe('/contact/check');
  });
});

describe('the letter', () => {
  it('uses only the way of reply that was chosen last', () => {
    const { correspondent, body } = letterOf(aLetter({ replyBy: 'post', name: 'Asha', address: '1 Bridge St' }), staff);
    expect(correspondent).toMatchObject({ email: null, phone: null, preferredChannel: 'letter' });
    expect(body).toContain('Postal address:\n1 Bridge St');
  });

  it('keeps what helps the writer with the person, not in the letter', () => {
    const { correspondent, body } = letterOf(aLetter({ formats: 'large-print,language', more: 'Polish' }), staff);
    expect(correspondent.adjustments).toBe('In large print; In another language\nPolish');
    expect(body).not.toContain('Polish');
  });

  it('raises no alarm by the words that the form adds', () => {
    const sets = JSON.parse(
      readFileSync(join(__dirname, '../../../../libs/offices/src/seed/risk-phrase.json'), 'utf8'),
    ) as Parameters<typeof screenRisk>[1];
    for (const topic of TOPICS) {
      const { subject, body } = letterOf(aLetter({ topic, message: 'Hello.' }), staff);
      expect([topic, screenRisk({ subject, body }, sets).level]).toEqual([topic, 'none']);
    }
  });
});
