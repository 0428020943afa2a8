/** Chance that falls the same way every time: a small generator (sfc32) from a fixed seed. */
export class Dice {
  #a: number;
  #b: number;
  #c = 0x9e3779b9;
  #d = 1;

  constructor(seed: number) {
    this.#a = seed >>> 0;
    this.#b = (seed ^ 0x6d2b79f5) >>> 0;
    for (let turn = 0; turn < 15; turn++) this.word();
  }

  /** From 0 to 1, 1 excluded. */
  next(): number {
    return this.word() / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const chosen = from[this.int(0, from.length - 1)];
    if (chosen === undefined) throw new Error('There is nothing to pick from');
    return chosen;
  }

  weighted<T>(from: readonly T[], weightOf: (each: T) => number): T {
    const total = from.reduce((sum, each) => sum + weightOf(each), 0);
    let rest = this.next() * total;
    for (const each of from) {
      rest -= weightOf(each);
      if (rest < 0) return each;
    }
    return this.pick(from);
  }

  /** In the form of a random UUID. */
  uuid(): string {
    const words = [this.word(), this.word(), this.word(), this.word()];
    const hex = words.map((word) => word.toString(16).padStart(8, '0')).join('');
    const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  private word(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + sum) | 0;
    return sum >>> 0;
  }
}
