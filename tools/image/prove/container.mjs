import { outcomeOf, run, until } from './commands.mjs';

/** What docs/guides/image.md tells operators to set; every container here runs so. */
const HARDENED = [
  ...['--read-only', '--tmpfs', '/tmp:rw,noexec,nosuid,size=16m'],
  ...['--cap-drop=ALL', '--security-opt=no-new-privileges', '--pids-limit=200'],
];

/** A network namespace with nothing but loopback: what runs in it reaches nobody. */
export async function makeNamespace(sandbox, name) {
  await run('ip', ['netns', 'add', name]);
  sandbox.namespaces.add(name);
  await run('ip', ['-n', name, 'link', 'set', 'lo', 'up']);
  return name;
}

/** Runs a program inside a namespace. Not by `ip netns exec`: that mounts a new /sys, and podman loses its cgroups. */
export const inNamespace = (namespace, program, args) => [
  'nsenter',
  [`--net=/run/netns/${namespace}`, program, ...args],
];

/** Starts the image hardened. Returns calls on it: its pid on this machine, its logs, stopping it with the exit code. */
export async function startContainer({
  name,
  image,
  namespace,
  environment = {},
  memory = '512m',
  args = [],
  command = [],
}) {
  const variables = Object.entries(environment).flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  await run('podman', [
    ...['run', '--detach', '--replace', '--name', name, `--network=ns:/run/netns/${namespace}`, `--memory=${memory}`],
    ...[...HARDENED, ...variables, ...args, image, ...command],
  ]);
  const inspect = (format) => run('podman', ['inspect', '--format', format, name]);
  return {
    name,
    namespace,
    pid: async () => Number(await inspect('{{.State.Pid}}')),
    logs: async () => (await outcomeOf('podman', ['logs', name])).output,
    async stop(graceSeconds = 30) {
      await run('podman', ['stop', '--time', String(graceSeconds), name]);
      return Number(await inspect('{{.State.ExitCode}}'));
    },
    kill: () => run('podman', ['kill', '--signal', 'KILL', name]),
    remove: () => run('podman', ['rm', '--force', '--time', '0', name]),
  };
}

/** HTTP from inside a namespace: the status and the body. */
export async function ask(namespace, url, ...curlArgs) {
  const [program, args] = inNamespace(namespace, 'curl', ['-s', '-m', '10', '-w', '\n%{http_code}', ...curlArgs, url]);
  const { output } = await outcomeOf(program, args);
  const at = output.stdout.lastIndexOf('\n');
  return { status: Number(output.stdout.slice(at + 1)), body: output.stdout.slice(0, at) };
}

export function untilReady(namespace, url) {
  return until(`${url}/readyz answers 200`, async () => {
    const { status } = await ask(namespace, `${url}/readyz`);
    return status === 200 ? status : undefined;
  });
}
