import { rowsOf, type Entry } from './entry.ts';

export interface FlushLimits {
  /** Most rows a batch may carry. */
  readonly maxRows: number;
  /** How long the oldest entry may wait for company while an instance is idle. */
  readonly maxDelayMs: number;
}

/** Flush now, at an instant, or only when something changes. */
export type FlushDecision = { readonly flush: true } | { readonly flush: false; readonly atMs: number | null };

/** The pure rule that says when to send: as soon as an instance is idle and the batch is full or the oldest entry has waited. */
export function flushWhen(
  queue: readonly Pick<Entry, 'work' | 'enqueuedAtMs'>[],
  nowMs: number,
  limits: FlushLimits,
): FlushDecision {
  const oldest = queue[0];
  if (oldest === undefined) return { flush: false, atMs: null };
  let rows = 0;
  for (const entry of queue) {
    rows += rowsOf(entry.work);
    if (rows >= limits.maxRows) return { flush: true };
  }
  const dueMs = oldest.enqueuedAtMs + limits.maxDelayMs;
  return nowMs >= dueMs ? { flush: true } : { flush: false, atMs: dueMs };
}
