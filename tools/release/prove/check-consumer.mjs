import { spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outcomeOf, run, until } from '../../image/prove/commands.mjs';

const program = join(dirname(fileURLToPath(import.meta.url)), 'consumer');
const PACKAGES = ['@web-single/preprocessing', '@web-single/sdk', '@web-single/predictor'];

/** Somebody outside the workspace installs what was published, compiles against it, serves the demo models and asks them. */
export async function checkConsumer({ root, sandbox, registry, check, environment }) {
  const folder = join(sandbox, 'consumer');
  cpSync(program, folder, { recursive: true });
  writeFileSync(join(folder, '.npmrc'), `@web-single:registry=${registry.url}/\n`);
  const env = { ...environment, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const types = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies['@types/node'];
  await run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES, `@types/node@${types}`],
    { cwd: folder, env },
  );
  const installed = JSON.parse(await run('npm', ['ls', '--json', '--depth=0'], { cwd: folder, env })).dependencies;
  check(
    'installed from the registry, the released version of preprocessing',
    installed['@web-single/preprocessing'].version === '0.1.1',
    PACKAGES.map((name) => `${name} ${installed[name].version}`).join(', '),
  );

  const compile = (args) =>
    outcomeOf(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...args], { cwd: folder, env });
  const compiled = await compile(['-p', 'tsconfig.json']);
  check(
    'its types resolve with nodenext, dependencies checked too',
    compiled.code === 0,
    compiled.output.stdout.slice(0, 400),
  );
  writeFileSync(join(folder, 'wrong.json'), '{ "extends": "./tsconfig.json", "include": ["wrong.ts"] }\n');
  const wrong = await compile(['-p', 'wrong.json']);
  check(
    'and refuse a field that no model has',
    wrong.code !== 0 && wrong.output.stdout.includes('colour'),
    wrong.output.stdout.slice(0, 160).trim(),
  );
  await checkUse({ root, folder, env, check });
}

async function checkUse({ root, folder, env, check }) {
  const server = await serve(folder, join(root, 'models'), env);
  try {
    const output = await run(process.execPath, ['use.ts', server.url], { cwd: folder, env });
    const { first, problem, label, code } = JSON.parse(output);
    check(
      'a step of the published preprocessing runs',
      first.sex.data.join() === '0,1' && /male/.test(problem),
      output,
    );
    check(
      'the published predictor serves, the published client asks',
      label === 'Chinstrap' && code === 'INPUT_MISMATCH',
      output,
    );
  } finally {
    check('and it ends with 0 on SIGTERM', (await server.stop()) === 0);
  }
}

/** `predictor serve`, as npm has linked it. */
async function serve(folder, models, environment) {
  const child = spawn(process.execPath, [join(folder, 'node_modules/.bin/predictor'), 'serve', models, '--port', '0'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...environment, GRPC_PORT: '0', LOG_LEVEL: 'silent', DRAIN_DELAY_MS: '0' },
  });
  let output = '';
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const url = await until('the published predictor is ready', () => {
    if (child.exitCode !== null) throw new Error(`The published predictor ended:\n${output}`);
    return /is ready at (\S+)/.exec(output)?.[1];
  });
  return { url, stop: () => child.kill('SIGTERM') && ended };
}
