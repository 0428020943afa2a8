const TOKEN = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/;

export interface DownloadedFile {
  readonly filename: string;
  readonly contentType: string;
}

/** Headers for bytes that a stranger sent: a browser saves them and never runs or guesses at them. */
export function downloadHeaders({ filename, contentType }: DownloadedFile): Record<string, string> {
  const [type = ''] = contentType.split(';');
  return {
    'content-type': TOKEN.test(type.trim()) ? type.trim().toLowerCase() : 'application/octet-stream',
    'content-disposition': attachmentDisposition(filename),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  };
}

/** RFC 6266 with RFC 8187: the real name for all, and one in ASCII for readers that know no other. */
function attachmentDisposition(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
