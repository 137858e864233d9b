import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createClock, type Work } from '#emulator/clock.ts';

/** Real time, as short as it can be told apart from none. */
const aWhile = () => setTimeout(15);

describe('while anything computes', () => {
  it('stands still, however long that takes, and then goes to what is due', async () => {
    const clock = createClock(1000);
    const seen: unknown[] = [];
    clock.after(10, async () => {
      seen.push(['begins', clock.now()]);
      await aWhile();
      seen.push(['ends', clock.now()]);
    });
    clock.after(11, () => void seen.push(['next', clock.now()]));

    await clock.runUntilIdle();

    expect(seen).toEqual([
      ['begins', 1010],
      ['ends', 1010],
      ['next', 1011],
    ]);
  });

  it('stands still at full speed too', async () => {
    const clock = createClock(0);
    const running = clock.start(1e9);
    clock.after(1e6, () => {});

    const [before, after] = await clock.work(async () => {
      const began = clock.now();
      await aWhile();
      return [began, clock.now()];
    });
    await running.stop();

    expect(after).toBe(before);
  });

  it('starts what is due in order, and waits until it has ended', async () => {
    const clock = createClock(0);
    const seen: string[] = [];
    clock.after(20, () => void seen.push('third'));
    clock.after(10, () => void seen.push('first'));
    clock.after(10, () => void seen.push('second'));

    await clock.runUntilIdle();

    expect(seen).toEqual(['first', 'second', 'third']);
    expect(clock.now()).toBe(20);
  });
});

describe('when works sleep', () => {
  it('lets them sleep side by side: the clock passes the longest sleep once', async () => {
    const clock = createClock(0);
    const woken: number[] = [];
    for (const milliseconds of [3000, 1000, 2000]) {
      clock.after(0, async (work) => {
        await work.sleep(milliseconds);
        await work.sleep(milliseconds);
        woken.push(clock.now());
      });
    }

    await clock.runUntilIdle();

    expect(woken).toEqual([2000, 4000, 6000]);
  });

  it('lets one work sleep twice at once', async () => {
    const clock = createClock(0);
    const slept = clock.work(({ sleep }) => Promise.all([sleep(5), sleep(7)]));

    await clock.runUntilIdle();
    await slept;

    expect(clock.now()).toBe(7);
  });

  it('stands still again for a sleeper that has woken and computes', async () => {
    const clock = createClock(0);
    const seen: number[] = [];
    clock.after(0, async ({ sleep }) => {
      await sleep(5);
      await aWhile();
      seen.push(clock.now());
    });
    clock.after(100, () => void seen.push(clock.now()));

    await clock.runUntilIdle();

    expect(seen).toEqual([5, 100]);
  });

  it('goes on when a work fails, and gives its fault to whoever began it', async () => {
    const clock = createClock(0);
    const failing = clock.work(async ({ sleep }) => {
      void sleep(1);
      throw new Error('mine');
    });

    await expect(failing).rejects.toThrow('mine');
    await clock.runUntilIdle();

    expect(clock.now()).toBe(1);
  });
});

describe('when nobody waits for what is left', () => {
  it('is idle, although background tasks are due for ever', async () => {
    const clock = createClock(0);
    const fired: number[] = [];
    const again = () => {
      fired.push(clock.now());
      clock.after(60, again, 'background');
    };
    clock.after(60, again, 'background');
    clock.after(150, () => {});

    await clock.runUntilIdle();

    expect(fired).toEqual([60, 120]);
    expect(clock.now()).toBe(150);
  });

  it('plays the background up to a given time, and stands at that time', async () => {
    const clock = createClock(0);
    let fired = 0;
    clock.after(60, () => (fired += 1), 'background');

    await clock.runUntilIdle(59);
    expect([fired, clock.now()]).toEqual([0, 59]);
    await clock.runUntilIdle(1000);

    expect([fired, clock.now()]).toEqual([1, 1000]);
  });

  it('forgets what is cancelled, however often', async () => {
    const clock = createClock(0);
    const task = clock.after(10, () => expect.unreachable());
    task.cancel();
    task.cancel();
    clock.after(5, () => {});

    await clock.runUntilIdle();
    task.cancel();

    expect(clock.now()).toBe(5);
  });

  it('lets several people wait for that at once', async () => {
    const clock = createClock(0);
    const busy = clock.work(aWhile);

    await Promise.all([clock.runUntilIdle(), clock.runUntilIdle(), clock.runUntilIdle(), busy]);

    expect(clock.now()).toBe(0);
  });
});

describe('when it is given a speed', () => {
  it('goes no faster than that', async () => {
    const clock = createClock(0);
    const began = performance.now();
    const { promise, resolve } = Promise.withResolvers<void>();
    const running = clock.start(1000);
    clock.after(100_000, () => resolve());

    await promise;
    await running.stop();
    const elapsed = performance.now() - began;

    expect(elapsed).toBeGreaterThanOrEqual(99);
    expect(clock.now()).toBeGreaterThanOrEqual(100_000);
    expect(clock.now()).toBeLessThanOrEqual(elapsed * 1000);
  });

  it('passes time even when nothing is due, and none once it is stopped', async () => {
    const clock = createClock(0);
    const running = clock.start(1000);
    await aWhile();
    await setTimeout(60);
    await running.stop();
    const stopped = clock.now();
    await aWhile();

    expect(stopped).toBeGreaterThan(0);
    expect(clock.now()).toBe(stopped);
  });

  it('never goes back, and never past what is due, for a slow pace either', async () => {
    const clock = createClock(0);
    const running = clock.start(0.001);
    await aWhile();
    await running.stop();

    expect(clock.now()).toBe(0);
  });
});

describe('when a time has passed already', () => {
  it('is due at once, and time does not go back', async () => {
    const clock = createClock(1000);
    const seen: number[] = [];
    clock.at(1, () => void seen.push(clock.now()));

    await clock.runUntilIdle();

    expect(seen).toEqual([1000]);
  });
});

describe('when something goes on after the work that began it has ended', () => {
  it('neither stops the clock nor sets it going', async () => {
    const clock = createClock(0);
    const woken: number[] = [];
    const straggle = async (work: Work) => {
      await Promise.resolve();
      await work.sleep(1000);
      woken.push(clock.now());
      await work.sleep(1000);
      woken.push(clock.now());
    };

    await clock.work(async (work) => void straggle(work));
    clock.after(5000, () => woken.push(clock.now()));
    await clock.runUntilIdle();

    expect(woken).toEqual([1000, 2000, 5000]);
  });
});
