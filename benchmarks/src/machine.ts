import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { isPinned } from './cores.ts';
import { packageVersion } from './package-version.ts';
import { workspaceRoot } from './server-process.ts';

/** Of the machine, before this process moves to one of them. */
const cores = availableParallelism();

/** Names a machine by what it is, not by what it is called. */
export const machineName = `${process.platform}-${process.arch}-${cores}core`;

/** What a reader needs to place the figures, one fact a line. */
export async function describeMachine(): Promise<readonly string[]> {
  return [
    `machine: ${cpus()[0]?.model ?? 'unknown CPU'}, ${cores} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}`,
    `cores: ${isPinned ? 'contenders on one, generator on another (not for starts)' : 'not pinned'}`,
    `versions: Node ${process.versions.node}, onnxruntime-node ${await packageVersion('onnxruntime-node')}, fastify ${await packageVersion('fastify')}, commit ${commit()}`,
  ];
}

function commit(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: workspaceRoot, encoding: 'utf8' }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with local changes'}`;
  } catch {
    return 'unknown';
  }
}

export const loadNow = (): string => loadavg()[0]?.toFixed(1) ?? '?';

/** Ticks of all cores since boot: all of them, and those that the host took away. Zeros where there is no /proc. */
export function readSteal(): { readonly all: number; readonly stolen: number } {
  try {
    const ticks =
      readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? [];
    return { all: ticks.reduce((sum, value) => sum + value, 0), stolen: ticks[7] ?? 0 };
  } catch {
    return { all: 0, stolen: 0 };
  }
}
