/** Below this the clock says more of the machine than of the work. */
const SHORTEST_MS = 5;
const ROUNDS = 5;

/**
 * How many times more of the processor the larger work takes than the smaller, each at its least of five, in turns. Four
 * times the input gives about 4 where the work grows with the input, and 16 where it grows with its square: a bound
 * between holds on any machine. The processor's time of this process is counted and not the clock's, because a busy
 * machine may hold up the one and not the other.
 */
export async function growth(work: (size: number) => unknown, small: number, large: number): Promise<number> {
  const least = { small: Infinity, large: Infinity };
  for (let round = 0; round < ROUNDS; round += 1) {
    least.small = Math.min(least.small, await cost(work, small));
    least.large = Math.min(least.large, await cost(work, large));
  }
  return least.large / least.small;
}

async function cost(work: (size: number) => unknown, size: number): Promise<number> {
  const before = process.cpuUsage();
  await work(size);
  const { user, system } = process.cpuUsage(before);
  return Math.max(SHORTEST_MS, (user + system) / 1000);
}
