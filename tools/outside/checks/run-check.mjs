import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';
import { startBuiltServer } from '../built-server.mjs';

export const outside = join(root, 'tools/outside');

/** Runs `command` with the arguments that `argumentsFor` makes of a fresh server; true where it succeeds and the server lives on. */
export async function runAgainstServer(environment, command, argumentsFor) {
  const server = await startBuiltServer(environment);
  try {
    const succeeded = await run(command, argumentsFor(server));
    if (server.hasEnded()) console.error(`The server ended during the check:\n${server.output()}`);
    return succeeded && !server.hasEnded();
  } finally {
    await server.stop();
  }
}

/** True where the command exits with 0. */
export function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: join(root, 'tmp'), stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code === 0));
  });
}
