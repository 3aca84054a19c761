import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const toldLines = 3;

/** What a program prints. Throws, in a sentence for the report, where it is not on this machine or fails. */
export async function runTool(toolchain: string, file: string, ...args: string[]): Promise<string> {
  try {
    return (await run(file, args)).stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT') throw new Error(`it needs ${toolchain}; there is no "${file}" here`, { cause: error });
    const words = stderr.trim().split('\n').slice(-toldLines).join(' ');
    throw new Error(`"${[file, ...args.slice(0, 2)].join(' ')} …" failed: ${words}`, { cause: error });
  }
}
