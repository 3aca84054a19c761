import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { run } from './commands.mjs';
import { inNamespace } from './container.mjs';

const here = dirname(fileURLToPath(import.meta.url));

const commandOf = (namespace, file, args) =>
  inNamespace(namespace, process.execPath, ['--conditions=@web-single/source', join(here, file), ...args]);

/** Runs the outside client in a namespace; resolves to what it counted. */
export async function runClient(namespace, task, options) {
  return JSON.parse(await run(...commandOf(namespace, 'client.mjs', [task, JSON.stringify(options)])));
}

/** Starts a client that stays; `line` resolves to the next line it prints, `ask` first sends it one. */
export function startClient(namespace, file, options) {
  const [program, args] = commandOf(namespace, file, [JSON.stringify(options)]);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  const line = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`The client ${file} ended too early; its message is above.`);
    return value;
  };
  return {
    line,
    ask() {
      child.stdin.write('\n');
      return line();
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
