/** A header value such as `text/plain; charset=utf-8`: the value in lower case, the parameters by lower-case name. */
export interface StructuredField {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** The parameters as they stand in the header, from the first semicolon on. */
  readonly tail: string;
}

const MAX_PARAMETERS = 100;

/**
 * Reads value and parameters of a MIME header field (RFC 2045). The first of doubled parameters counts, so that two
 * readers of one mail cannot be shown two structures. Encoded file names (RFC 2231) are left to postal-mime.
 */
export function parseStructuredField(header: string): StructuredField {
  const text = withoutComments(header);
  const semicolon = text.indexOf(';');
  const value = (semicolon < 0 ? text : text.slice(0, semicolon)).trim().toLowerCase();
  const tail = semicolon < 0 ? '' : text.slice(semicolon);
  const parameters = new Map<string, string>();
  for (const part of splitOutsideQuotes(tail)) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals).trim().toLowerCase();
    if (equals > 0 && name !== '' && !parameters.has(name))
      parameters.set(name, unquoted(part.slice(equals + 1).trim()));
    if (parameters.size >= MAX_PARAMETERS) break;
  }
  return { value, parameters, tail };
}

function splitOutsideQuotes(tail: string): string[] {
  const parts: string[] = [];
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at < tail.length; at += 1) {
    const char = tail[at];
    if (isQuoted && char === '\\') at += 1;
    else if (char === '"') isQuoted = !isQuoted;
    else if (char === ';' && !isQuoted) {
      parts.push(tail.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(tail.slice(from));
  return parts;
}

// What stands after the closing quote is no part of the value (RFC 2045 section 5.1).
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  let end = 1;
  while (end < value.length && value[end] !== '"') end += value[end] === '\\' ? 2 : 1;
  return value.slice(1, end).replace(/\\(.)/gs, '$1');
}

// Comments (RFC 5322 section 3.2.2) may stand only where space may: "invoice(1).pdf" is a name, not a comment.
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  const kept: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let keptFrom = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') {
      at += 1;
    } else if (depth === 0 && char === '"') {
      isQuoted = !isQuoted;
    } else if (!isQuoted && char === '(' && (depth > 0 || at === 0 || /[\s;]/.test(text[at - 1] ?? ''))) {
      if (depth === 0) kept.push(text.slice(keptFrom, at));
      depth += 1;
    } else if (depth > 0 && char === ')') {
      depth -= 1;
      if (depth === 0) keptFrom = at + 1;
    }
  }
  // An unclosed bracket is no comment: dropping the rest could take the boundary with it.
  return depth > 0 ? text : kept.join('') + text.slice(keptFrom);
}
