import { cleanHtml, htmlToReadableText } from './clean-html';

describe('cleanHtml', () => {
  it.each([
    ['a script', '<p>a</p><script>alert(1)</script>', '<p>a</p>'],
    ['a style sheet', '<style>@import url(https://x.example)</style><p>a</p>', '<p>a</p>'],
    ['a style', '<p style="background:url(https://x.example/t)" class="c" id="i">a</p>', '<p>a</p>'],
    ['an event handler', '<p onclick="alert(1)">a</p>', '<p>a</p>'],
    ['a remote picture', '<p>a<img src="https://x.example/t.gif"></p>', '<p>a</p>'],
    ['a picture from a share', '<img src="//x.example/t.gif">', ''],
    ['a picture as data', '<img src="data:image/svg+xml,x">', ''],
    ['a set of pictures', '<img src="cid:a" srcset="https://x.example/t.gif 2x">', '<img src="cid:a" />'],
    [
      'a background',
      '<table background="https://x.example/t.gif"><tr><td>a</td></tr></table>',
      '<table><tr><td>a</td></tr></table>',
    ],
    ['a frame', '<iframe src="https://x.example"></iframe>', ''],
    ['a form', '<form action="https://x.example"><input name="a"><button>Go</button></form>', 'Go'],
    [
      'a base address',
      '<base href="https://x.example/"><link rel="stylesheet" href="https://x.example/s.css"><meta http-equiv="refresh" content="0;url=https://x.example">',
      '',
    ],
    ['a drawing', '<svg><image href="https://x.example/t"/></svg>', ''],
  ])('takes out %s', (_, html, cleaned) => {
    expect(cleanHtml(html)).toBe(cleaned);
  });

  it('keeps links to the web and to mailboxes, and makes them tell nothing', () => {
    const rel = 'rel="noopener noreferrer nofollow"';
    expect(cleanHtml('<a href="https://x.example/?a=1&amp;b=2" target="_top" onclick="x()">a</a>')).toBe(
      `<a href="https://x.example/?a=1&amp;b=2" ${rel}>a</a>`,
    );
    expect(cleanHtml('<a href="MAILTO:a@x.example">a</a>')).toBe(`<a href="MAILTO:a@x.example" ${rel}>a</a>`);
  });

  it.each([
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    ' data:text/html,x',
    'vbscript:x',
    '//x.example',
    '/local',
    'file:///etc/passwd',
    'ftp://x.example',
  ])('takes the target of a link to %j', (href) => {
    expect(cleanHtml(`<a href="${href}">a</a>`)).toBe('<a>a</a>');
  });

  it('keeps tables, lists and pictures of the mail itself', () => {
    const html =
      '<table width="100%"><tr><td colspan="2"><ul><li>a</li></ul></td></tr></table><img src="cid:x@y" alt="b" width="3" />';
    expect(cleanHtml(html)).toBe(html);
  });

  it('gives up on markup too tangled to be a letter', () => {
    expect(cleanHtml('<div>'.repeat(5000))).toBeNull();
    expect(htmlToReadableText(`${'<div>'.repeat(5000)}Hello`)).toBe('Hello');
  });
});
