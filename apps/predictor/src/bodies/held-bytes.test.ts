import { describe, expect, it } from 'vitest';
import { defaultHeldBytes, HeldBytes } from './held-bytes.ts';

describe('HeldBytes', () => {
  it('sheds what would be too much, until others let go', () => {
    const held = new HeldBytes(10);
    held.hold(6);
    held.hold(4);

    expect(() => held.hold(1)).toThrowError(expect.objectContaining({ code: 'OVERLOADED', retryAfterMs: 1000 }));
    expect(held.bytes).toBe(10);
    held.release(6);
    expect(() => held.hold(6)).not.toThrow();
  });

  it('is some share of the memory by default', () => {
    expect(defaultHeldBytes()).toBeGreaterThan(64 * 2 ** 20);
  });
});
