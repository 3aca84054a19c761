/**
 * Proves that a manifest reaches the frontend of the workspace: in a throw-away copy a label and a field of the penguins get other
 * names, the SDK is generated again, and the type check of examples/web fails exactly where that name stands; nx selects the
 * application for such a change, and not for one it has nothing to do with.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcomeOf, run } from '../image/prove/commands.mjs';
import { countedChecks } from '../image/prove/counted-checks.mjs';
import { cloneCheckout } from '../workspace/clone-checkout.mjs';
import { projectEnvironment, projectNode, root } from '../workspace/setup.mjs';

const MANIFEST = 'models/penguins/model.yaml';
const CHANGES = [
  {
    name: 'a label of another name',
    edit: (manifest) => manifest.replaceAll('Chinstrap', 'Ringed'),
    editCases: (cases) => cases.replaceAll('"Chinstrap"', '"Ringed"'),
    file: 'examples/web/src/penguins/species-text.ts',
    word: 'Chinstrap',
  },
  {
    name: 'a field of another name',
    // The session keeps its name for it.
    edit: (manifest) =>
      manifest
        .replace('    bill_length_mm:', '    beak_length_mm:')
        .replace('\nafter:', '\n  - { step: rename-fields, fields: { beak_length_mm: bill_length_mm } }\nafter:'),
    editCases: (cases) => cases.replaceAll('"bill_length_mm"', '"beak_length_mm"'),
    file: 'examples/web/src/penguins/measurements.ts',
    word: "'bill_length_mm'",
  },
];

const total = countedChecks();
const { check } = total;
const sandbox = mkdtempSync(join(tmpdir(), 'web-single-frontend-'));
const clone = join(sandbox, 'clone');
const options = { cwd: clone, env: { ...projectEnvironment(), CI: 'true' } };
try {
  cloneCheckout(root, clone);
  for (const change of CHANGES) await checkChange(change);
  const affected = await affectedBy(MANIFEST);
  check('nx selects the application where a manifest changes', affected.includes('example-web'), affected.join(' '));
  const others = await affectedBy('libs/tensor/src/index.ts');
  check(
    'and not where tensor does, which it has nothing of',
    others.length > 1 && !others.includes('example-web'),
    others.join(' '),
  );
} catch (error) {
  total.giveUp(error);
} finally {
  rmSync(sandbox, { recursive: true, force: true });
}
process.exit(total.conclude('a manifest in the frontend'));

async function checkChange({ name, edit, editCases, file, word }) {
  const restore = ['models/penguins/golden.jsonl', MANIFEST, 'libs/sdk/src/generated/models.ts'].map((path) => {
    const text = readFileSync(join(clone, path), 'utf8');
    return () => writeFileSync(join(clone, path), text);
  });
  change('models/penguins/golden.jsonl', editCases);
  change(MANIFEST, (manifest) => sealed(edit(manifest)));
  await run(projectNode(), ['--conditions=@web-single/source', 'tools/workspace/generate-sdk.mjs'], options);
  const { code, text } = await typeCheck();
  const places = [...text.matchAll(/^(\S+)\((\d+),\d+\): error/gm)].map(([, path, line]) => `${path}:${line}`);
  const expected = `${file}:${lineOf(file, word)}`;
  check(
    `${name} fails the type check at ${expected}, and nowhere else`,
    code !== 0 && places.length === 1 && places[0] === expected,
    text.trim(),
  );
  for (const undo of restore) undo();
}

function change(path, edit) {
  const before = readFileSync(join(clone, path), 'utf8');
  const after = edit(before);
  if (after === before) throw new Error(`${path} has nothing of what this check renames: adapt the check.`);
  writeFileSync(join(clone, path), after);
}

/** With the digest of the cases as they are now. */
function sealed(manifest) {
  const digest = createHash('sha256')
    .update(readFileSync(join(clone, 'models/penguins/golden.jsonl')))
    .digest('hex');
  return manifest.replace(/(golden\.jsonl: )"[0-9a-f]{64}"/, `$1"${digest}"`);
}

async function typeCheck() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { code, output } = await outcomeOf(projectNode(), [compiler, '--noEmit', '-p', 'examples/web'], options);
  return { code, text: output.stdout };
}

/** By a changed file: the projects that `nx affected` runs. */
async function affectedBy(file) {
  const nx = join(clone, 'node_modules/.bin/nx');
  const printed = await run(
    projectNode(),
    [nx, 'show', 'projects', '--affected', `--files=${file}`, '--json'],
    options,
  );
  return JSON.parse(printed);
}

function lineOf(file, word) {
  const lines = readFileSync(join(clone, file), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes(word)) + 1;
}
