/** Below this the clock says more of the machine than of the work. */
const SHORTEST_MS = 5;

/**
 * How many times longer the larger work takes than the smaller, each at its fastest of three. Four times the input gives
 * about 4 where time grows with the input, and 16 where it grows with its square: a bound between holds on any machine.
 */
export async function growth(work: (size: number) => unknown, small: number, large: number): Promise<number> {
  const fastest = async (size: number): Promise<number> => {
    let best = Infinity;
    for (let time = 0; time < 3; time += 1) {
      const started = performance.now();
      await work(size);
      best = Math.min(best, performance.now() - started);
    }
    return Math.max(SHORTEST_MS, best);
  };
  return (await fastest(large)) / (await fastest(small));
}
