import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../image/prove/commands.mjs';

const SEAL = 'tools/train/seal_package.py';
const SOURCES = ['--conditions=@web-single/source'];
/** What is generated from the models and the steps; the rest of `check-generated.mjs` reads neither. */
const GENERATED = [
  'tools/workspace/generate-sdk.mjs',
  'libs/model-package/src/write-schema.ts',
  'tools/upgrade/write-compatibility.mjs',
];

/** Holds what the generators wrote in a clone against every rule of the workspace. Two processes at once. */
export async function checkWritten({ check, options, models, steps }) {
  const { cwd } = options;
  const node = (...args) => run('node', args, options);
  const npx = (...args) => run('npx', args, options);
  const vitest = (project, folder, ...filters) => node('tools/workspace/vitest.mjs', project, folder, ...filters);
  const written = (await run('git', ['ls-files', '--modified', '--others', '--exclude-standard'], { cwd })).split('\n');
  const code = written.filter((path) => path.endsWith('.ts') && !path.includes('/generated/'));

  // One program instead of two: what the written files import, and nothing else of their projects.
  const tsconfig = { extends: './apps/predictor-e2e/tsconfig.json', include: [], files: code };
  writeFileSync(join(cwd, 'tsconfig.written.json'), JSON.stringify(tsconfig));
  await check('nothing generated has drifted, every package is sealed', () =>
    checkDrift(
      node,
      models.map((name) => `models/${name}`),
      options,
    ),
  );
  await Promise.all([
    inOrder([
      () => check(`formatting of ${code.length} files`, () => npx('prettier', '--check', ...code)),
      () => check(`lint of ${code.length} files`, () => npx('eslint', '--max-warnings=0', ...code)),
      () => check('build', () => node('tools/workspace/build-predictor.mjs')),
    ]),
    check(`types of ${code.length} files`, () => npx('tsc', '--noEmit', '-p', 'tsconfig.written.json')),
  ]);
  await Promise.all([
    check('tests of the steps', () => vitest('preprocessing', 'libs/preprocessing', 'step-registry', ...steps)),
    inOrder([
      () => check('tests of the models', () => vitest('predictor-e2e', 'apps/predictor-e2e', 'src/models/')),
      ...models.map((name) => () => check(`inspect --strict ${name}`, () => inspect(node, name))),
    ]),
  ]);
}

/** Stages what was written, so that the difference is what the scripts change in it. */
async function checkDrift(node, packages, options) {
  await run('git', ['add', '--all'], options);
  for (const script of GENERATED) await node(...SOURCES, script);
  if (spawnSync('python3', ['--version']).status === 0) await run('python3', [SEAL, ...packages], options);
  await run('git', ['diff', '--exit-code', '--stat'], options);
}

async function inspect(node, name) {
  const said = await node('apps/predictor/dist/cli.js', 'inspect', '--strict', `models/${name}`);
  if (!/golden {2}\d+ cases/.test(said)) throw new Error(`Expected golden cases, got:\n${said}`);
}

async function inOrder(works) {
  for (const work of works) await work();
}
