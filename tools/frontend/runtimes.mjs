/**
 * Proves where the SDK runs: packs it, installs it outside the workspace, and uses all of it against the built predictor
 * under Node 20, 22, 24 and 26 and with the bare globals of an edge runtime. Usage: runtimes.mjs [20 22 …]; needs
 * `nx package sdk` and the built predictor. A version that cannot be had is skipped and named; --strict fails for it.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';
import { run } from '../image/prove/commands.mjs';
import { startBuiltServer } from '../outside/built-server.mjs';
import { root } from '../workspace/setup.mjs';
import { findNode } from './runtimes/find-node.mjs';
import { inEdge } from './runtimes/in-edge.mjs';

const programs = join(dirname(fileURLToPath(import.meta.url)), 'runtimes');
const isStrict = process.argv.includes('--strict');
const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const majors = asked.length > 0 ? asked.map(Number) : [20, 22, 24, 26];
const pngBase64 = readFileSync(join(root, 'models/digits/golden/1.png')).toString('base64');
/** The golden case's own label. */
const digit = JSON.parse(readFileSync(join(root, 'models/digits/golden.jsonl'), 'utf8').split('\n')[1]).output.label;
const EXPECTED = {
  label: 'Chinstrap',
  model: 'penguins',
  pictures: Array(4).fill(digit),
  described: 'penguins',
  listed: ['digits', 'penguins'],
  logits: [1, 10],
  many: [200, 'Chinstrap'],
  left: 25,
  outcomes: [true, false],
  query: 'Chinstrap',
  mismatch: 'INPUT_MISMATCH',
  aborted: 'ABORTED',
  deadline: 'TIMEOUT',
  lost: 'CONNECTION_FAILED',
};
const count = { passed: 0, skipped: 0, failed: 0 };
const scratch = mkdtempSync(join(tmpdir(), 'sdk-runtimes-'));
let server;

try {
  const application = await install();
  server = await startBuiltServer({ MODELS: join(root, 'models') });
  const url = `http://${server.http}`;
  for (const major of majors) {
    const node = await findNode(major, scratch);
    if (node.path === undefined) report('skipped', `Node ${major}`, node.reason);
    else await check(`Node ${await run(node.path, ['--version'])}`, () => inNode(node.path, application, url));
  }
  await check('an edge runtime', () => inEdge(application, url, pngBase64));
} finally {
  await server?.stop();
  rmSync(scratch, { recursive: true });
}
console.log(`runtimes: ${count.passed} passed, ${count.skipped} skipped, ${count.failed} failed`);
process.exit(count.failed > 0 || count.passed === 0 || (isStrict && count.skipped > 0) ? 1 : 0);

/** A folder that has the packed SDK as an application would, and the programs that use it. */
async function install() {
  const folder = join(scratch, 'application');
  cpSync(programs, folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "application", "private": true, "type": "module" }\n');
  const packed = await run('npm', ['pack', '--json', '--pack-destination', scratch], {
    cwd: join(root, 'tmp/packages/sdk'),
  });
  const [{ filename }] = JSON.parse(packed);
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--offline'];
  await run('npm', ['install', ...quiet, join(scratch, filename)], { cwd: folder });
  return folder;
}

async function inNode(path, folder, url) {
  const options = { cwd: folder, input: pngBase64, timeoutMs: 120_000 };
  return JSON.parse(await run(path, ['print-use.mjs', url], options));
}

async function check(name, use) {
  try {
    const got = JSON.parse(JSON.stringify(await use()));
    const wrong = Object.keys(EXPECTED).filter((key) => !isDeepStrictEqual(got[key], EXPECTED[key]));
    const told = wrong.map(
      (key) => `${key}: expected ${JSON.stringify(EXPECTED[key])}, got ${JSON.stringify(got[key])}`,
    );
    report(wrong.length === 0 ? 'passed' : 'failed', name, told.join('; '));
  } catch (error) {
    report('failed', name, error.stack ?? String(error));
  }
}

function report(outcome, name, detail) {
  count[outcome] += 1;
  console.log(`${outcome}: ${name}${detail ? ` (${detail})` : ''}`);
}
