import { setTimeout as sleep } from 'node:timers/promises';
import { Loop } from './loop';

describe('Loop', () => {
  const loops: Loop[] = [];
  const errors: unknown[] = [];
  const start = (work: () => Promise<number>, everyMs = 5): Loop => {
    const loop = new Loop(everyMs, work, (error) => errors.push(error));
    loops.push(loop);
    loop.kick();
    return loop;
  };

  afterEach(async () => {
    await Promise.all(loops.splice(0).map((loop) => loop.stop()));
    errors.length = 0;
  });

  async function until(isSo: () => boolean): Promise<void> {
    for (const deadline = Date.now() + 2000; !isSo(); await sleep(1)) {
      if (Date.now() > deadline) throw new Error('it never was so');
    }
  }

  it('repeats its work at an interval', async () => {
    let turns = 0;
    start(() => Promise.resolve(Number((turns += 1) < 0)));
    await until(() => turns >= 3);
  });

  it('goes on at once while there is more', async () => {
    let left = 50;
    start(() => Promise.resolve((left -= 1)), 60_000);
    await until(() => left === 0);
  });

  it('never does its work twice at the same time, and again after a kick in the middle', async () => {
    let atOnce = 0;
    let most = 0;
    let turns = 0;
    const loop = start(async () => {
      most = Math.max(most, (atOnce += 1));
      await sleep(10);
      atOnce -= 1;
      turns += 1;
      return 0;
    }, 60_000);
    for (let kick = 0; kick < 20; kick += 1) loop.kick();
    await until(() => turns === 2);
    await sleep(30);
    expect({ most, turns }).toEqual({ most: 1, turns: 2 });
  });

  it('tells of a failure and goes on', async () => {
    let turns = 0;
    start(() => {
      turns += 1;
      return turns === 1 ? Promise.reject(new Error('once')) : Promise.resolve(0);
    });
    await until(() => turns >= 2);
    expect(errors).toEqual([new Error('once')]);
  });

  it('ends after the turn that is running, and stays ended', async () => {
    let turns = 0;
    let isDone = false;
    const loop = start(async () => {
      turns += 1;
      await sleep(20);
      isDone = true;
      return 1;
    });
    await loop.stop();
    expect(isDone).toBe(true);
    loop.kick();
    await sleep(20);
    expect(turns).toBe(1);
  });
});
