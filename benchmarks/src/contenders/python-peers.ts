import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Dialect } from '../dialects/dialect.ts';
import { litServe } from '../dialects/lit-serve.ts';
import { plain } from '../dialects/plain.ts';
import { HttpLanes } from '../load/http-lanes.ts';
import { workspaceRoot } from '../server-process.ts';
import type { ContenderKind } from './contender.ts';
import { startContender } from './start-contender.ts';

const run = promisify(execFile);
const sources = join(workspaceRoot, 'benchmarks/peers/python');
const environment = join(workspaceRoot, 'tmp/benchmarks/python');
const inEnvironment = (program: string): string => join(environment, 'bin', program);

interface PythonPeer {
  readonly name: string;
  readonly title: string;
  /** Packages whose versions are told. */
  readonly packages: readonly string[];
  readonly dialect: Dialect;
  readonly command: (port: number) => readonly string[];
  readonly mode?: 'loop' | 'pool';
}

const uvicorn = (port: number): readonly string[] => [
  ...[inEnvironment('uvicorn'), 'fastapi_app:app', '--app-dir', sources, '--host', '127.0.0.1', '--port', String(port)],
  ...['--no-access-log', '--log-level', 'warning'],
];

/** Without its watch over workers (`--timeout 0`): between its blocks a contender is stopped, which is no hang. */
const gunicorn =
  (workers: number) =>
  (port: number): readonly string[] => [
    ...[inEnvironment('gunicorn'), 'fastapi_app:app', '--chdir', sources, '--bind', `127.0.0.1:${port}`],
    ...['--workers', String(workers), '--worker-class', 'uvicorn_worker.UvicornWorker', '--timeout', '0'],
    ...['--log-level', 'warning'],
  ];

const fastApi = ['fastapi', 'uvicorn', 'onnxruntime'];

export const pythonPeers: readonly ContenderKind[] = [
  {
    name: 'FastAPI loop',
    title: 'uvicorn, session run on the event loop (`async def`)',
    packages: fastApi,
    dialect: plain,
    command: uvicorn,
    mode: 'loop' as const,
  },
  {
    name: 'FastAPI pool',
    title: 'uvicorn, session run in the thread pool (`def`)',
    packages: fastApi,
    dialect: plain,
    command: uvicorn,
    mode: 'pool' as const,
  },
  {
    name: 'gunicorn 2',
    title: 'the app with the thread pool under gunicorn with 2 uvicorn workers, on the same core',
    packages: ['gunicorn', 'uvicorn-worker', ...fastApi],
    dialect: plain,
    command: gunicorn(2),
    mode: 'pool' as const,
  },
  {
    name: 'gunicorn 4',
    title: 'the same with 4 workers',
    packages: ['gunicorn', 'uvicorn-worker', ...fastApi],
    dialect: plain,
    command: gunicorn(4),
    mode: 'pool' as const,
  },
  {
    name: 'LitServe',
    title: 'batches of up to 8 that wait up to 5 ms',
    packages: ['litserve', 'onnxruntime'],
    dialect: litServe,
    command: (port: number) => [inEnvironment('python'), join(sources, 'litserve_app.py'), String(port)],
  },
].map(kindOf);

function kindOf({ name, title, packages, dialect, command, mode }: PythonPeer): ContenderKind {
  return {
    name,
    title,
    supports: dialect.supports,
    async install() {
      await installEnvironment();
      return versionsOf(packages);
    },
    start({ workload, cases }, port) {
      const lanes = new HttpLanes(port, dialect, workload, cases);
      const variables = { MODEL_PACKAGE: workload.packageFolder, ...(mode && { PEER_MODE: mode }) };
      return startContender({ command: command(port), environment: variables }, (count) => lanes.open(count));
    },
  };
}

let installation: Promise<void> | undefined;

/** A virtual environment with the pinned packages, made anew when they change; once a run. */
function installEnvironment(): Promise<void> {
  installation ??= install();
  return installation;
}

async function install(): Promise<void> {
  const requirements = join(sources, 'requirements.txt');
  const wanted = createHash('sha256')
    .update(await readFile(requirements))
    .digest('hex');
  const stamp = join(environment, 'installed');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return;
  await rm(environment, { recursive: true, force: true });
  await mkdir(environment, { recursive: true });
  process.stderr.write('Installing the Python peers …\n');
  await attempt('python3', '-m', 'venv', environment);
  await attempt(
    inEnvironment('pip'),
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    requirements,
  );
  await writeFile(stamp, wanted);
}

async function attempt(file: string, ...args: string[]): Promise<void> {
  try {
    await run(file, args);
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (code === 'ENOENT')
      throw new Error(`it needs "${file}" (Python 3.11 or later, with venv), which is not on this machine`);
    throw new Error(`"${file} ${args.join(' ')}" failed: ${stderr.trim().split('\n').at(-1)}`);
  }
}

async function versionsOf(packages: readonly string[]): Promise<string> {
  const script =
    'import importlib.metadata as m, platform, sys; print("Python", platform.python_version(), *(f", {p} {m.version(p)}" for p in sys.argv[1:]), sep=" ")';
  const { stdout } = await run(inEnvironment('python'), ['-c', script, ...packages]);
  return stdout.trim().replaceAll(' ,', ',');
}
