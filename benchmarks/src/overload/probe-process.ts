import { get } from 'node:http';
import { setPriority } from 'node:os';

/**
 * Asks `/livez`, `/readyz` and `/metrics` ten times a second until stdin ends, each over a connection of its own as the probes of
 * Kubernetes are; prints how long each took, in ms, as JSON.
 */
const [port] = process.argv.slice(2);
const paths = ['/livez', '/readyz', '/metrics'];
const times: Record<string, number[]> = Object.fromEntries(paths.map((path) => [path, []]));
let failed = 0;
let ended = false;
process.stdin.on('end', () => (ended = true)).resume();
try {
  // It shares a core with the load generator, whose time is not the server's.
  setPriority(-10);
} catch {
  // Not ours to set: what it measures may hold some waiting for that core.
}
// The first requests of a process take longer.
await Promise.all(paths.map(ask));
while (!ended) {
  for (const path of paths) {
    const startMs = performance.now();
    if (!(await ask(path))) failed += 1;
    times[path]!.push(performance.now() - startMs);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}
process.stdout.write(JSON.stringify({ times, failed }));

function ask(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = get({ host: '127.0.0.1', port, path, agent: false }, (reply) => {
      reply.resume().once('end', () => resolve(reply.statusCode === 200));
    });
    asking.once('error', () => resolve(false));
  });
}
