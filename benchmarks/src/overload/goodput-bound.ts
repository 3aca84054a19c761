/**
 * The share of its peak that a server can keep when it is offered `load` times that: each of the others has to be refused, on
 * the same core. At least 0; NaN where a cost is not known.
 */
export function goodputBound(load: number, refusalMicros: number, answerMicros: number): number {
  const refused = Math.max(0, load - 1);
  return Math.min(load, Math.max(0, 1 - (refused * refusalMicros) / answerMicros));
}
