import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './commands.mjs';
import { inNamespace } from './container.mjs';

const client = join(dirname(fileURLToPath(import.meta.url)), 'client.mjs');

/** Runs the outside client in a namespace; resolves to what it counted. */
export async function runClient(namespace, task, options) {
  const args = ['--conditions=@web-single/source', client, task, JSON.stringify(options)];
  return JSON.parse(await run(...inNamespace(namespace, process.execPath, args)));
}
