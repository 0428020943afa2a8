import { createHash } from 'node:crypto';

/**
 * R. L. Rivest's sampler, as auditors of elections use it: the n-th random number is SHA-256 of the text `SEED,n` read as
 * a number of 256 bits; its remainder on division by the size of the population, plus 1, is a place in the sorted list.
 * Places that came before are passed over. Anybody can repeat it with a calculator for SHA-256.
 */
export const SAMPLING_ALGORITHM = 'rivest-sha256-1';

/** 24 digits are more than 2^79 seeds. */
export const SEED = /^[0-9]{6,40}$/;

/** The first `count` places (from 1) of the population in the order in which the seed draws them, each once. */
export function drawPlaces(seed: string, populationSize: number, count: number): readonly number[] {
  if (!Number.isSafeInteger(populationSize) || populationSize < 1) throw new Error('There is nothing to draw from');
  if (count > populationSize) throw new Error('More were asked for than there are');
  const size = BigInt(populationSize);
  const drawn = new Set<number>();
  for (let n = 1; drawn.size < count; n++) {
    const digest = createHash('sha256')
      .update(`${seed},${String(n)}`)
      .digest('hex');
    drawn.add(Number(BigInt(`0x${digest}`) % size) + 1);
  }
  return [...drawn];
}

/** A seed from 24 random digits, each as likely as the others. */
export function seedFrom(randomBytes: Uint8Array): string {
  // 250 is the last multiple of ten in a byte: a larger byte would make some digits likelier.
  const digits = [...randomBytes].filter((byte) => byte < 250).map((byte) => String(byte % 10));
  if (digits.length < 24) throw new Error('Too few random bytes for a seed');
  return digits.slice(0, 24).join('');
}
