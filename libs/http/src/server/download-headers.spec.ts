import { downloadHeaders } from './download-headers';

describe('the headers of a file that a stranger sent', () => {
  it('have it saved, under its own name', () => {
    const { 'content-disposition': disposition, 'content-type': type } = downloadHeaders({
      filename: 'Größe (1) "50%".pdf',
      contentType: 'Application/PDF; name=x',
    });
    expect(type).toBe('application/pdf');
    expect(disposition).toBe(
      `attachment; filename="Gr__e (1) _50__.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%281%29%20%2250%25%22.pdf`,
    );
  });

  it('never let a name or a type write headers of its own', () => {
    const headers = downloadHeaders({
      filename: 'a\r\nSet-Cookie: x=1\ud800.html',
      contentType: 'text/html\r\nX-Evil: 1',
    });
    expect(headers['content-type']).toBe('application/octet-stream');
    expect(JSON.stringify(headers)).not.toMatch(/\\[rn]/);
    expect(headers['content-disposition']).toContain(`filename="a__Set-Cookie: x=1_.html"`);
  });

  it('keep a browser from running or guessing at it', () => {
    const headers = downloadHeaders({ filename: 'page.html', contentType: 'text/html' });
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});
