import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** True where servers get one core and the load generator another, so that neither takes the other's time. */
export const isPinned =
  process.platform === 'linux' && availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

const coreOf = { server: '0', generator: '1' } as const;

/** The command line that runs `command` on the core of its role, or `command` itself where nothing can be pinned. */
export function pinArguments(role: keyof typeof coreOf, ...command: string[]): readonly string[] {
  return isPinned ? ['taskset', '-c', coreOf[role], ...command] : command;
}

/** Moves this process, the load generator, to its core. */
export function pinGenerator(): void {
  if (isPinned) spawnSync('taskset', ['-a', '-c', '-p', coreOf.generator, String(process.pid)]);
}
