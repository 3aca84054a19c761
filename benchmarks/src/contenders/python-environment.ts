import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageVersion } from '../package-version.ts';
import { workspaceRoot } from '../server-process.ts';
import { runTool } from './run-tool.ts';

const python = 'Python 3.11 or later with venv';
const environment = join(workspaceRoot, 'tmp/benchmarks/python');
const tellVersions = `import platform, sys
from importlib.metadata import version
print(", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in sys.argv[1:])]))`;

export const pythonSources = join(workspaceRoot, 'benchmarks/peers/python');

export function inEnvironment(program: string): string {
  return join(environment, 'bin', program);
}

let installation: Promise<void> | undefined;

/** A virtual environment with the pinned packages, made anew when they change; attempted once a run. */
export function installEnvironment(): Promise<void> {
  installation ??= install();
  return installation;
}

async function install(): Promise<void> {
  const requirements = join(pythonSources, 'requirements.txt');
  // The same runtime for all: another version of it would be a contender of its own.
  const runtime = `onnxruntime==${await packageVersion('onnxruntime-node')}`;
  const wanted = createHash('sha256')
    .update(await readFile(requirements))
    .update(runtime)
    .digest('hex');
  const stamp = join(environment, 'installed');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  await rm(environment, { recursive: true, force: true });
  await mkdir(environment, { recursive: true });
  process.stderr.write('Installing the Python peers …\n');
  await runTool(python, 'python3', '-m', 'venv', environment);
  const options = ['--quiet', '--disable-pip-version-check', '--requirement', requirements, runtime];
  await runTool(python, inEnvironment('pip'), 'install', ...options);
  await writeFile(stamp, wanted);
}

export async function pythonVersions(packages: readonly string[]): Promise<string> {
  return (await runTool(python, inEnvironment('python'), '-c', tellVersions, ...packages)).trim();
}
