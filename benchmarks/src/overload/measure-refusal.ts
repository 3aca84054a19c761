import { processTreeCpuMicros } from '../process-tree-cpu.ts';
import { closedLoop } from './closed-loop.ts';

const HOLDING = 8;
const REFUSED = 64;

export interface RefusalOptions {
  readonly port: number;
  readonly pid: number;
  /** Whole requests that are answered, and the same with a deadline that no busy model can meet. */
  readonly answered: readonly Uint8Array[];
  readonly hopeless: readonly Uint8Array[];
  readonly durationMs: number;
  /** CPU of one answer. */
  readonly answerMicros: number;
}

/**
 * CPU of one refusal: some connections keep the model busy, many others ask for what cannot be done in time. What the answers
 * among them cost is taken off. NaN where too few were refused to tell.
 */
export async function measureRefusal(options: RefusalOptions): Promise<number> {
  const { port, pid, answered, hopeless, durationMs, answerMicros } = options;
  const startMicros = processTreeCpuMicros(pid);
  const [held, tried] = await Promise.all([
    closedLoop({ port, requests: answered, connections: HOLDING, durationMs }),
    closedLoop({ port, requests: hopeless, connections: REFUSED, durationMs }),
  ]);
  const tookMicros = processTreeCpuMicros(pid) - startMicros;
  // A request that waits its turn until its deadline has passed is refused as one that comes too late.
  const refused = [503, 504].reduce((sum, status) => sum + (held.get(status) ?? 0) + (tried.get(status) ?? 0), 0);
  const others = [...held.values(), ...tried.values()].reduce((sum, count) => sum + count, 0) - refused;
  return refused > others ? (tookMicros - others * answerMicros) / refused : NaN;
}
