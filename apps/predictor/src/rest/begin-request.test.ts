import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { beginRequests, type RequestParts } from './begin-request.ts';
import type { RequestOutcome } from './request-outcome.ts';
import { RequestTurns } from './request-turns.ts';

/** A request whose turn comes when the test says so. */
function waiting({ method, url }: { readonly method: string; readonly url: string }) {
  const due: (() => void)[] = [];
  const events: string[] = [];
  const outcome: RequestOutcome = { startedAtMs: 0, code: 'OK', heldBytes: 0, isOver: false };
  const raw = { destroyed: false };
  const parts = {
    onAnswered: (_request: FastifyRequest, status: number) => events.push(`counted as ${status}`),
    turns: new RequestTurns({ turnMs: 0, now: () => 0, nextTurn: (callback) => due.push(callback) }),
  } as unknown as RequestParts;
  const request = { method, routeOptions: { url }, outcome } as unknown as FastifyRequest;
  const begin = (): void =>
    beginRequests(parts)(request, { raw } as unknown as FastifyReply, () => events.push('let on'));
  return { begin, raw, outcome, events, turn: () => due.splice(0).forEach((callback) => callback()) };
}

describe('beginRequests', () => {
  it('counts a prediction whose caller has gone before its turn came, and does no more for it', () => {
    const { begin, raw, outcome, events, turn } = waiting({ method: 'POST', url: '/v1/models/:model/predict' });
    begin();
    raw.destroyed = true;
    expect(events).toEqual([]);
    turn();
    expect(events).toEqual(['counted as 499']);
    expect(outcome.code).toBe('CANCELLED');
  });

  it('lets nothing but predictions wait', () => {
    const { begin, raw, events } = waiting({ method: 'GET', url: '/livez' });
    raw.destroyed = true;
    begin();
    expect(events).toEqual(['counted as 499']);
  });
});
