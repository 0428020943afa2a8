const OUTCODE = '([A-Z]{1,2}[0-9][A-Z0-9]?)';
// The second half never has the letters C, I, K, M, O or V (Royal Mail, PAF).
const WHOLE = new RegExp(`^${OUTCODE}[0-9][ABD-HJLNP-UW-Z]{2}$`);
const WITH_PART_OF_THE_REST = new RegExp(`^${OUTCODE} [0-9][ABD-HJLNP-UW-Z]{0,2}$`);
const DISTRICT_ONLY = new RegExp(`^${OUTCODE}$`);
const LONGEST_READ = 32;

/** The postcode district ("WR1") of a postcode in any spacing, whole ("wr1 2aa") or partial ("WR1 2", "WR1"). */
export function outcodeOf(postcode: string): string | null {
  if (postcode.length > LONGEST_READ) return null;
  const spaced = postcode
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\-\u2010-\u2015\u200b]+/g, ' ')
    .trim();
  const together = spaced.replaceAll(' ', '');
  const match = WHOLE.exec(together) ?? WITH_PART_OF_THE_REST.exec(spaced) ?? DISTRICT_ONLY.exec(together);
  return match?.[1] ?? null;
}
