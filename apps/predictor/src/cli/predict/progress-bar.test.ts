import { describe, expect, it } from 'vitest';
import { ProgressBar } from './progress-bar.ts';

function barOf(totalBytes?: number) {
  const written: string[] = [];
  const clock = { nowMs: 0 };
  const bar = new ProgressBar({
    write: (text) => written.push(text),
    hasColors: false,
    totalBytes,
    now: () => clock.nowMs,
  });
  return { bar, written, clock };
}

describe('ProgressBar', () => {
  it('shows the share that was read, the rate, what failed and the time that is left', () => {
    const { bar, written, clock } = barOf(1000);
    clock.nowMs = 2000;
    bar.show({ rows: 5000, failed: 2, bytes: 250 });
    expect(written).toEqual([
      '\r\u001b[K██████░░░░░░░░░░░░░░░░░░  25 %  5,000 rows, 2,500 a second, 2 failed, 6 s left',
    ]);
  });

  it('counts where nobody knows how much there is', () => {
    const { bar, written, clock } = barOf();
    clock.nowMs = 1000;
    bar.show({ rows: 10, failed: 0, bytes: 250 });
    expect(written).toEqual(['\r\u001b[K10 rows, 10 a second']);
  });

  it('is drawn at most ten times a second, and frees its line', () => {
    const { bar, written, clock } = barOf();
    bar.clear();
    for (clock.nowMs = 0; clock.nowMs < 1000; clock.nowMs += 10) bar.show({ rows: 1, failed: 0, bytes: 1 });
    expect(written).toHaveLength(10);
    bar.clear();
    expect(written.at(-1)).toBe('\r\u001b[K');
  });
});
