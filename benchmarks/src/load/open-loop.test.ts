import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { median } from '../statistics.ts';
import type { Lane } from './lane.ts';
import { openLoop } from './open-loop.ts';
import { WrongAnswerError } from './lane.ts';

const laneOf = (send: () => Promise<boolean>): Lane => ({ send, close: () => undefined });
const load = { ratePerSecond: 1_000, durationMs: 60, random: seededRandom(3) };

describe('openLoop', () => {
  it('counts from when a request was due: who waits behind a slow answer is late, too', async () => {
    let isFirst = true;
    const lane = laneOf(async () => {
      const endMs = performance.now() + (isFirst ? 50 : 0);
      isFirst = false;
      while (performance.now() < endMs);
      return true;
    });
    const { micros } = await openLoop([lane], load);
    expect(micros.length).toBeGreaterThan(30);
    expect(median(micros)).toBeGreaterThan(5_000);
  });

  it('keeps refusals apart from answers, and loses no request', async () => {
    let sent = 0;
    const lanes = Array.from({ length: 8 }, () => laneOf(async () => sent++ % 3 !== 0));
    const { micros, refused, unanswered } = await openLoop(lanes, load);
    expect(refused).toBe(Math.ceil(sent / 3));
    expect(micros.length + refused).toBe(sent);
    expect(unanswered).toBe(0);
  });

  it('ends with the first wrong answer', async () => {
    const lane = laneOf(() => Promise.reject(new WrongAnswerError('Row 0: …')));
    await expect(openLoop([lane], load)).rejects.toThrow('Row 0: …');
  });
});
