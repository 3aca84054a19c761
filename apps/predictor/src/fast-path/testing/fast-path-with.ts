import { BodyMemory } from '../../bodies/body-memory.ts';
import { HeldBytes } from '../../bodies/held-bytes.ts';
import { RequestTurns } from '../../rest/request-turns.ts';
import type { PredictionAnswer } from '../../rest/prediction-answer.ts';
import { FastPath, type FastPathParts } from '../fast-path.ts';

/** A fast path whose predictions and limits a test decides. */
export function fastPathWith(parts: Partial<FastPathParts>): FastPath {
  return new FastPath({
    shedEarly: () => undefined,
    predict: () => Promise.resolve(jsonAnswer('{}')),
    refusalOf: () => ({ code: 'INTERNAL', message: '' }),
    onAnswered: () => undefined,
    isDraining: () => false,
    held: new HeldBytes(1_000_000_000),
    memory: new BodyMemory(),
    turns: new RequestTurns(),
    limits: { json: 1_000_000, image: 1_000_000, tensor: 1_000_000 },
    hasOrigins: false,
    fixedLines: '',
    times: { silentMs: 10_000, bodyMs: 30_000, idleMs: 75_000 },
    onSilent: (socket) => socket.destroy(),
    onCutOff: (socket) => socket.end(),
    ...parts,
  });
}

export function jsonAnswer(body: string): PredictionAnswer {
  return { type: 'application/json; charset=utf-8', headers: [], body };
}
