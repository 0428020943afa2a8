/**
 * Joins the soft-broken lines of `format=flowed` text (RFC 3676): a line that ends in a space goes on in the next one
 * of the same quotation depth. With `delSp` that last space is not part of the text.
 */
export function unflowText(text: string, delSp: boolean): string {
  const output: string[] = [];
  let pending: { depth: number; parts: string[] } | null = null;
  const flush = (): void => {
    if (pending !== null)
      output.push((pending.depth > 0 ? `${'>'.repeat(pending.depth)} ` : '') + pending.parts.join(''));
    pending = null;
  };
  for (const raw of text.split('\n')) {
    const depth = quoteDepth(raw);
    const line = raw.slice(depth).replace(/^ /, '');
    // The signature separator is never joined to what follows (RFC 3676 section 4.3).
    const isFlowed = line.endsWith(' ') && line !== '-- ';
    if (pending !== null && (pending as { depth: number }).depth !== depth) flush();
    pending ??= { depth, parts: [] };
    pending.parts.push(isFlowed && delSp ? line.slice(0, -1) : line);
    if (!isFlowed) flush();
  }
  flush();
  return output.join('\n');
}

function quoteDepth(line: string): number {
  let depth = 0;
  while (line[depth] === '>') depth += 1;
  return depth;
}
