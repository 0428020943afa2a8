import type { CorrespondentDetails } from '@app/casework';
import { textAt, type Messages } from '../http/messages';
import { reachableBy, type ContactAnswers } from './contact-steps';

export interface ContactLetter {
  readonly subject: string;
  readonly body: string;
  readonly correspondent: CorrespondentDetails;
}

/** The letter as the office gets it, with staff's words around the writer's own. */
export function letterOf(answers: ContactAnswers, staff: Messages): ContactLetter {
  const { email, phone, address } = reachableBy(answers);
  const body = [answers.message];
  if (address !== '') body.push(`Postal address:\n${address}`);
  if (answers.topic !== 'other') {
    body.push(`Chosen on the form: ${textAt(staff, `contact.topic.options.${answers.topic}`)}`);
  }
  return {
    subject: answers.subject,
    body: body.join('\n\n'),
    correspondent: {
      name: answers.name || null,
      email: email || null,
      phone: phone || null,
      postcode: answers.postcode || null,
      organisation: null,
      capacity: null,
      preferredChannel: answers.replyBy === 'post' ? 'letter' : answers.replyBy,
      adjustments: adjustmentsInWords(answers.formats, answers.more, staff),
    },
  };
}

/** What helps the writer, as staff read it beside every answer; null when nothing was asked for. */
export function adjustmentsInWords(formats: string, more: string, staff: Messages): string | null {
  const chosen = formats
    .split(',')
    .filter((key) => key !== '')
    .map((key) => textAt(staff, `contact.adjustments.formats.${key}`));
  const words = [chosen.join('; '), more].filter((text) => text !== '').join('\n');
  return words === '' ? null : words;
}
