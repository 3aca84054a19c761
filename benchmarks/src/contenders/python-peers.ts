import { join } from 'node:path';
import type { Dialect } from '../dialects/dialect.ts';
import { litServe } from '../dialects/lit-serve.ts';
import { plain } from '../dialects/plain.ts';
import { HttpLanes } from '../load/http-lanes.ts';
import type { ContenderKind } from './contender.ts';
import { inEnvironment, installEnvironment, pythonSources, pythonVersions } from './python-environment.ts';
import { startContender } from './start-contender.ts';

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
  ...[inEnvironment('uvicorn'), 'fastapi_app:app', '--app-dir', pythonSources],
  ...['--host', '127.0.0.1', '--port', String(port), '--no-access-log', '--log-level', 'warning'],
];

/** Without its watch over workers (`--timeout 0`): between its blocks a contender is stopped, which is no hang. */
const gunicorn =
  (workers: number) =>
  (port: number): readonly string[] => [
    ...[inEnvironment('gunicorn'), 'fastapi_app:app', '--chdir', pythonSources, '--bind', `127.0.0.1:${port}`],
    ...['--workers', String(workers), '--worker-class', 'uvicorn_worker.UvicornWorker', '--timeout', '0'],
    ...['--log-level', 'warning'],
  ];

const fastApi = ['fastapi', 'uvicorn', 'onnxruntime'];

export const pythonPeers: readonly ContenderKind[] = [
  {
    name: 'fastapi-loop',
    title: 'uvicorn, session run on the event loop (`async def`)',
    packages: fastApi,
    dialect: plain,
    command: uvicorn,
    mode: 'loop' as const,
  },
  {
    name: 'fastapi-pool',
    title: 'uvicorn, session run in the thread pool (`def`)',
    packages: fastApi,
    dialect: plain,
    command: uvicorn,
    mode: 'pool' as const,
  },
  {
    name: 'gunicorn-2',
    title: 'the app with the thread pool under gunicorn with 2 uvicorn workers, on the same core',
    packages: ['gunicorn', 'uvicorn-worker', ...fastApi],
    dialect: plain,
    command: gunicorn(2),
    mode: 'pool' as const,
  },
  {
    name: 'gunicorn-4',
    title: 'the same with 4 workers',
    packages: ['gunicorn', 'uvicorn-worker', ...fastApi],
    dialect: plain,
    command: gunicorn(4),
    mode: 'pool' as const,
  },
  {
    name: 'litserve',
    title: 'batches of up to 8 that wait up to 5 ms',
    packages: ['litserve', 'onnxruntime'],
    dialect: litServe,
    command: (port: number) => [inEnvironment('python'), join(pythonSources, 'litserve_app.py'), String(port)],
  },
].map(kindOf);

function kindOf({ name, title, packages, dialect, command, mode }: PythonPeer): ContenderKind {
  return {
    name,
    title,
    supports: dialect.supports,
    async install() {
      await installEnvironment();
      return pythonVersions(packages);
    },
    start({ workload, cases }, port) {
      const lanes = new HttpLanes(port, dialect, workload, cases);
      const variables = { MODEL_PACKAGE: workload.packageFolder, ...(mode && { PEER_MODE: mode }) };
      return startContender({ command: command(port), environment: variables }, (count) => lanes.open(count));
    },
  };
}
