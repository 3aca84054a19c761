/**
 * Proves the generators: in a clone of this checkout each writes what it writes, and that passes formatting, lint, types and tests
 * untouched, is served, and leaves nothing generated behind that has drifted. Leaves nothing behind.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../image/prove/commands.mjs';
import { cloneCheckout } from '../workspace/clone-checkout.mjs';
import { projectEnvironment, root } from '../workspace/setup.mjs';
import { checkWritten } from './prove/check-written.mjs';

const fixtures = 'libs/model-package/fixtures';
const columns = '--columns=wing,beak,tail,mass';
const MODELS = {
  // A classifier whose file says everything; a regressor of named columns; logits of numbers in the shape of a picture.
  flowers: [`--from=${fixtures}/logistic-multi-string.onnx`, '--strict'],
  'tree-heights': [
    `--from=${fixtures}/forest-regressor.onnx`,
    columns,
    '--model-version=3',
    '--task=tabular-regression',
  ],
  drawn: ['--from=models/digits/model.onnx', '--labels=0,1,2,3,4,5,6,7,8,9'],
};
const STEPS = { 'log-scale': 'tabular', 'calm-down': 'postprocess', 'light-up': 'image', 'one-space': 'text' };

let passed = 0;
let failed = 0;
const sandbox = mkdtempSync(join(tmpdir(), 'web-single-generators-'));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
process.on('exit', () => rmSync(sandbox, { recursive: true, force: true }));
const clone = join(sandbox, 'clone');
const options = { cwd: clone, env: { ...projectEnvironment(), CI: 'true', NX_ISOLATE_PLUGINS: 'false' } };

await check('a clone with all of it committed', async () => {
  cloneCheckout(root, clone);
  await run('git', ['add', '--all'], options);
});
for (const [name, kind] of Object.entries(STEPS))
  await check(`step ${name}`, () => generate('step', name, `--kind=${kind}`));
for (const [name, args] of Object.entries(MODELS)) await check(`model ${name}`, () => generate('model', name, ...args));
await checkWritten({ check, options, models: Object.keys(MODELS), steps: Object.keys(STEPS) });

console.log(`generators: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function generate(generator, ...args) {
  return run('npx', ['nx', 'g', `@web-single/nx-plugin:${generator}`, ...args], options);
}

/** Runs one check and says how long it took; what a failing one printed stands below it. */
async function check(what, work) {
  const startMs = performance.now();
  const problem = await work().then(
    () => undefined,
    (error) => error.message,
  );
  if (problem === undefined) passed += 1;
  else failed += 1;
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(
    `${problem === undefined ? 'ok    ' : 'FAILED'} ${what} (${seconds} s)${problem === undefined ? '' : `\n${problem}`}`,
  );
}
