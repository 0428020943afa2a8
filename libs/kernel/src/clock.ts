/** Business time, as the office sees it. Sign-in, tokens and queues keep real time instead. */
export abstract class Clock {
  abstract now(): Date;
}
