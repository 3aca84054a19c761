import { basename } from 'node:path';
import { readOverrides, type Overrides } from '@web-single/model-package';
import type { Clock } from '@web-single/serving';
import type { Logger } from 'pino';

/** A mounted ConfigMap is another file behind the same link when it changes: reading a small file again survives that. */
const POLL_MS = 2000;

export interface FollowedOverrides {
  readonly path: string;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** What is in force now, and how the next takes its place; throws `OverridesError` where it does not fit. */
  readonly serving: { readonly overrides: Overrides | undefined; override(next: Overrides): void };
  readonly clock: Pick<Clock, 'schedule'>;
  readonly log: Pick<Logger, 'info' | 'error'>;
  readonly onRefused: () => void;
}

/** Reads the overrides file again every two seconds and takes a changed one over; a wrong one is told once, and the old stays. Returns what stops it. */
export function followOverrides(followed: FollowedOverrides): () => void {
  let told = '';
  let cancel = (): void => undefined;
  let isStopped = false;
  const next = (): void => {
    cancel = followed.clock.schedule(() => void poll(), POLL_MS);
  };
  const poll = async (): Promise<void> => {
    const problems = await takeOver(followed);
    if (problems !== '' && problems !== told) refuse(followed, problems);
    told = problems;
    if (!isStopped) next();
  };
  next();
  return () => {
    isStopped = true;
    cancel();
  };
}

/** Empty where the file is in force now, else what is wrong with it. */
async function takeOver({ path, readFile, serving, log }: FollowedOverrides): Promise<string> {
  try {
    const overrides = readOverrides(await readFile(path), basename(path));
    if (overrides.sha256 === serving.overrides?.sha256) return '';
    serving.override(overrides);
    const models = Object.keys(overrides.models);
    log.info({ event: 'overrides changed', audit: true, sha256: overrides.sha256, models }, 'The overrides changed.');
    return '';
  } catch (error) {
    // Also what nobody foresaw must not end a server that serves.
    return error instanceof Error ? error.message : String(error);
  }
}

function refuse({ log, onRefused, serving }: FollowedOverrides, problems: string): void {
  onRefused();
  const facts = { event: 'overrides refused', audit: true, inForce: serving.overrides?.sha256 };
  log.error({ ...facts, problems: problems.split('\n') }, 'The overrides stay as they were: the file cannot be used.');
}
