import { staffMessages } from '../../http/public-page';
import { statementRows } from './statement-rows';

const STATEMENT = {
  complaint: '',
  grounds: '',
  outcomeWanted: '',
  complainantName: null,
  namedBody: 'office' as const,
  otherForce: null,
  lateReasons: [],
  lateBecause: '',
  sentBeforeTo: null,
  consentFiles: [],
  safeContact: '',
};

describe('what an applicant said on the form', () => {
  it('is nothing where there was no form, and only what was said where there was', () => {
    expect(statementRows(null, staffMessages())).toEqual([]);
    expect(statementRows(STATEMENT, staffMessages())).toEqual([
      ['Who can review it', 'The police and crime commissioner'],
    ]);
  });

  it('R1.25 gives the reasons for being late in words', () => {
    const rows = statementRows(
      { ...STATEMENT, lateReasons: ['health', 'misled'], sentBeforeTo: 'iopc', consentFiles: ['consent.pdf'] },
      staffMessages(),
    );
    expect(Object.fromEntries(rows)).toEqual({
      'Written consent': 'consent.pdf',
      'Who can review it': 'The police and crime commissioner',
      'Sent somewhere else': 'I sent it to the IOPC',
      'Why it is late': 'My health, or the health of somebody I care for; The letter was unclear or misleading',
    });
  });
});
