import { totalmem } from 'node:os';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { EngineEvent } from '../engine-event.ts';
import type { EngineAhead } from '../process/engine-ahead.ts';
import type { LaunchOptions } from '../process/spawn-child.ts';
import { availableCores } from './available-cores.ts';

export interface StartEngineOptions extends LaunchOptions {
  /** Overrides the manifest and the measurement. */
  readonly placement?: 'inline' | 'process';
  /** Processes where the manifest says `auto`. Default: the cores of this container less one for the front, at least 1. */
  readonly instances?: number;
  /** For spawn, load and first run. Default 60 s. */
  readonly loadTimeoutMs?: number;
  /** For all golden cases together. Default 60 s. */
  readonly goldenTimeoutMs?: number;
  /** An engine process that holds more is killed. Default: three quarters of the memory there is. */
  readonly maxRssBytes?: number;
  /** `report`, for development: failing golden cases do not refuse the model; `goldenReport` names them. Default `refuse`. */
  readonly goldenFailures?: 'refuse' | 'report';
  readonly clock?: Clock;
  /** In [0, 1); jitter of the back-off. */
  readonly random?: () => number;
  readonly onEvent?: (event: EngineEvent) => void;
  /** A process that was started before, with the same launch options. */
  readonly ahead?: EngineAhead;
}

/** The options with every default filled in. */
export type ResolvedStartOptions = LaunchOptions &
  Required<Omit<StartEngineOptions, keyof LaunchOptions | 'placement' | 'ahead'>> &
  Pick<StartEngineOptions, 'placement' | 'ahead'>;

export const resolveStartOptions = (options: StartEngineOptions): ResolvedStartOptions => ({
  instances: Math.max(1, availableCores() - 1),
  loadTimeoutMs: 60_000,
  goldenTimeoutMs: 60_000,
  maxRssBytes: Math.floor(availableMemoryBytes() * 0.75),
  goldenFailures: 'refuse',
  clock: systemClock,
  random: Math.random,
  onEvent: () => undefined,
  ...options,
});

/** Of the container where it has a limit (0 says that none is known), else of the machine. */
const availableMemoryBytes = (): number => {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
};
