import { checkData, configurationKind, seedEntries } from '@app/offices';
import { dataOfForm, pageErrors, textsOfData } from './entry-form';
import { FORMS } from './forms';

describe('the form of an entry', () => {
  it.each(seedEntries().map((entry) => [`${entry.kind} ${entry.office ?? ''} ${entry.key}`, entry] as const))(
    'sent back as it was shown changes nothing: %s',
    (_name, { kind, data }) => {
      expect(dataOfForm(kind, textsOfData(kind, data))).toEqual(data);
    },
  );

  it('has a field for everything that is checked', () => {
    for (const [kind, fields] of Object.entries(FORMS)) {
      const known = configurationKind(kind);
      expect(known).toBeDefined();
      if (!known) continue;
      const labels = new Set(fields.map(({ label }) => label));
      expect(labels.size).toBe(fields.length);
      for (const { pointer } of checkData(known, dataOfForm(kind, {}))) {
        expect(pageErrors(kind, [{ pointer, message: 'is required' }]).errors[0]?.href).not.toBe('#main');
      }
    }
  });

  it('says errors in the words of the form, at the field', () => {
    const found = pageErrors('triage-rule', [
      { pointer: '/data/when/anyWords', message: 'line 2: The phrase "(" cannot be used: it has no word' },
      { pointer: '/validFrom', message: 'must be Sunday 22 November 2026 or later' },
      { pointer: '/data/then/queue', message: 'there is no queue x in west-mercia' },
      { pointer: '', message: 'the rule needs it.' },
    ]);
    expect(found.errors).toEqual([
      {
        text: 'At least one of these phrases, line 2: The phrase "(" cannot be used: it has no word',
        href: '#when-anyWords',
      },
      { text: 'First day must be Sunday 22 November 2026 or later', href: '#validFrom-day' },
      { text: 'Queue: there is no queue x in west-mercia', href: '#then-queue' },
      { text: 'The rule needs it.', href: '#main' },
    ]);
    expect(
      pageErrors('risk-phrase', [{ pointer: '/data/phrases/4/level', message: 'must be one of high' }]).errors[0]?.text,
    ).toBe('Phrases, line 5: level must be one of high');
  });
});
