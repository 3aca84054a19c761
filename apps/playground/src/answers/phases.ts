import type { PredictionTiming } from '@web-single/sdk';

export interface Phase {
  readonly id: 'queue' | 'before' | 'run' | 'after' | 'rest' | 'way';
  readonly title: string;
  readonly ms: number;
  /** Of the round trip, 0 to 1. */
  readonly share: number;
}

/** Where the round trip went: the server's phases, what else it did, and the way there and back. */
export function phasesOf(timing: PredictionTiming, roundTripMs: number): readonly Phase[] {
  const { queueMs, preprocessMs, inferMs, postprocessMs, totalMs } = timing;
  const restMs = Math.max(0, totalMs - queueMs - preprocessMs - inferMs - postprocessMs);
  const wholeMs = Math.max(roundTripMs, totalMs) || 1;
  const phase = (id: Phase['id'], title: string, ms: number): Phase => ({ id, title, ms, share: ms / wholeMs });
  return [
    phase('queue', 'Queue', queueMs),
    phase('before', 'Before', preprocessMs),
    phase('run', 'Run', inferMs),
    phase('after', 'After', postprocessMs),
    phase('rest', 'Rest of the server', restMs),
    phase('way', 'Network and page', Math.max(0, roundTripMs - totalMs)),
  ];
}
