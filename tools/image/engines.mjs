import { spawnSync } from 'node:child_process';

/** What can build the image, in the order it is tried. A client on the PATH proves nothing: `docker` without an engine is common. */
const ENGINES = [
  {
    name: 'docker',
    probes: [
      ['docker', 'info', '--format', '{{.ServerVersion}}'],
      ['docker', 'buildx', 'version'],
    ],
  },
  { name: 'podman', probes: [['podman', 'info', '--format', '{{.Version.Version}}']] },
  { name: 'buildah', probes: [['buildah', 'info']] },
];

/**
 * The first engine that works, or the named one. Returns its name, or `undefined`, and why the others were passed over, a
 * sentence each.
 */
export function findEngine(wanted = 'auto', probe = runProbe) {
  const passedOver = [];
  for (const { name, probes } of ENGINES) {
    if (wanted !== 'auto' && wanted !== name) continue;
    const failure = probes.map((command) => probe(command)).find((reason) => reason !== null);
    if (failure === undefined) return { engine: name, passedOver };
    passedOver.push(`${name}: ${failure}`);
  }
  if (passedOver.length === 0) passedOver.push(`${wanted}: not one of ${ENGINES.map(({ name }) => name).join(', ')}.`);
  return { engine: undefined, passedOver };
}

/** What to do where `findEngine` found none: another engine may be there, but only the named one was looked at. */
export function whichToInstall(wanted) {
  const names = ENGINES.map(({ name }) => name).join(', ');
  if (wanted === 'auto') return 'install docker with buildx, podman or buildah.';
  return `only ${wanted} was looked at, as --engine says; without it the first that works of ${names} is taken.`;
}

/** Null where the command succeeds, else why not. */
function runProbe([program, ...args]) {
  const shown = `"${program} ${args.slice(0, 2).join(' ')}"`;
  const result = spawnSync(program, args, { encoding: 'utf8', timeout: 30_000 });
  if (result.error?.code === 'ENOENT') return `no such command on the PATH.`;
  if (result.error !== undefined) return `${shown} did not end within 30 s.`;
  if (result.status === 0) return null;
  const [reason = ''] = result.stderr.trim().split('\n').slice(-1);
  return `${shown} failed: ${reason}`;
}

/**
 * The command line that builds. Every way gives the same files the same time, so that the same sources give the same layers;
 * BuildKit does so from 0.13 on.
 */
export function buildCommand(engine, { tag, platform, file, buildArgs, modelsFolder, engineArgs, context }) {
  const options = [
    ...['--file', file, '--tag', tag, '--platform', platform],
    ...Object.entries(buildArgs).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...(modelsFolder === undefined ? [] : ['--build-context', `models-source=${modelsFolder}`]),
    ...engineArgs,
  ];
  if (engine !== 'docker') {
    // BuildKit knows it by itself; without it these look for build bases of the image's own architecture.
    const host = ['--build-arg', `BUILDPLATFORM=linux/${process.arch === 'x64' ? 'amd64' : process.arch}`];
    return [engine, 'build', '--layers', '--timestamp', '0', '--identity-label=false', ...host, ...options, context];
  }
  const reproducible = ['--build-arg', 'SOURCE_DATE_EPOCH=0', '--provenance=false'];
  return [
    'docker',
    'buildx',
    'build',
    ...reproducible,
    '--output',
    'type=docker,rewrite-timestamp=true',
    ...options,
    context,
  ];
}
