import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fill, MessageCatalogue, placeholders, textAt, textPaths, type Messages } from './messages';
import { renderer } from './renderer';

const FOLDER = join(__dirname, '..', 'messages');

/** What another language lacks, has too much, or fills in otherwise. */
function differences(catalogue: MessageCatalogue): string[] {
  const english = catalogue.of('en');
  const paths = textPaths(english);
  return catalogue.languages.flatMap(({ code }) => {
    const other = catalogue.of(code);
    const theirs = textPaths(other);
    return [
      ...paths.filter((path) => !theirs.includes(path)).map((path) => `${code} lacks ${path}`),
      ...theirs.filter((path) => !paths.includes(path)).map((path) => `${code} has ${path} too much`),
      ...paths
        .filter((path) => theirs.includes(path))
        .filter((path) => placeholders(textAt(english, path)).join() !== placeholders(textAt(other, path)).join())
        .map((path) => `${code} fills in ${path} otherwise`),
    ];
  });
}

const withSecond = (change: (messages: Record<string, string | Messages>) => void): MessageCatalogue => {
  const folder = mkdtempSync(join(tmpdir(), 'postbag-messages-'));
  cpSync(FOLDER, folder, { recursive: true });
  // A made-up language: what the mechanism does must not hang on a translation that does not exist.
  const second = JSON.parse(readFileSync(join(FOLDER, 'en.json'), 'utf8')) as Record<string, string | Messages>;
  second.languageName = 'Zzyx';
  change(second);
  writeFileSync(join(folder, 'zx.json'), JSON.stringify(second));
  const catalogue = MessageCatalogue.read(folder);
  rmSync(folder, { recursive: true });
  return catalogue;
};

describe('the wording of the public pages', () => {
  it('has every text in every language, with the same things filled in', () => {
    expect(differences(MessageCatalogue.read())).toEqual([]);
    expect(differences(withSecond(() => undefined))).toEqual([]);
  });

  it('names what a language lacks, has too much or fills in otherwise', () => {
    const catalogue = withSecond((messages) => {
      delete messages.skip;
      messages.extra = 'more';
      messages.signedOff = '{x}';
      (messages.received as Record<string, string>).reference = '{other}';
    });
    expect(differences(catalogue)).toEqual([
      'zx lacks skip',
      'zx has extra too much',
      'zx has signedOff too much',
      'zx fills in received.reference otherwise',
    ]);
  });

  it('has no empty text', () => {
    const english = MessageCatalogue.read().of('en');
    expect(textPaths(english).filter((path) => textAt(english, path).trim() === '')).toEqual([]);
  });

  it('takes the first wish that there is a file for', () => {
    const catalogue = withSecond(() => undefined);
    expect(catalogue.choose('zx', 'en')).toBe('zx');
    expect(catalogue.choose(undefined, 'zx')).toBe('zx');
    expect(catalogue.choose('cy', null)).toBe('en');
    expect(catalogue.choose(['zx'])).toBe('en');
    expect(catalogue.choose('../../package')).toBe('en');
  });

  it('fills in values and refuses a text that does not exist', () => {
    expect(fill('By {day}, {name}', { day: 'Monday' })).toBe('By Monday, {name}');
    expect(() => textAt({ a: { b: 'c' } }, 'a.x')).toThrow('There is no text a.x');
  });
});

describe('the choice of language', () => {
  const page = (catalogue: MessageCatalogue, language: string): string =>
    renderer().render('views/layouts/base.njk', {
      m: catalogue.of(language),
      language,
      languages: catalogue.languages,
      path: '/contact',
      pageTitle: 'x',
    });

  it('is offered only where there is a second language, and says which one the page is in', () => {
    const shipped = MessageCatalogue.read();
    if (shipped.languages.length === 1) expect(page(shipped, 'en')).not.toContain('?lang=');
    const html = page(
      withSecond((messages) => (messages.serviceName = 'Qwerty')),
      'zx',
    );
    expect(html).toContain('<html lang="zx">');
    expect(html).toContain('href="/contact?lang=en" hreflang="en" lang="en"');
    expect(html).not.toContain('href="/contact?lang=zx"');
    expect(html).toContain('Qwerty');
  });
});
