import { describe, expect, it } from 'vitest';
import { Disconnection } from './disconnection.ts';
import type { RequestOutcome } from './request-outcome.ts';

const outcome = (isOver: boolean): RequestOutcome => ({ startedAtMs: 0, code: 'OK', heldBytes: 0, isOver });

describe('Disconnection', () => {
  it('tells once who still listens when the client has gone', () => {
    const request = outcome(false);
    const disconnection = new Disconnection(request);
    const told: string[] = [];
    const gone = (): void => void told.push('gone');
    disconnection.addEventListener('abort', gone);
    disconnection.removeEventListener('abort', gone);
    disconnection.addEventListener('abort', () => told.push('stayed'));
    request.disconnection?.abort();
    request.disconnection?.abort();

    expect(told).toEqual(['stayed']);
    expect(disconnection.aborted).toBe(true);
  });

  it('is one from the start where the client went before', () => {
    expect(new Disconnection(outcome(true)).aborted).toBe(true);
    expect(new Disconnection(outcome(false)).aborted).toBe(false);
  });
});
