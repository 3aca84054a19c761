import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { run, until } from '../../image/prove/commands.mjs';
import { projectEnvironment, projectNode, root } from '../../workspace/setup.mjs';

const outside = join(root, 'tools/release/outside');

/** Installs what the proof runs and the project does not depend on, by a lockfile of its own; again only when that changes. */
export async function installOutsideTools() {
  const folder = join(root, 'tmp/release-tools');
  const lock = readFileSync(join(outside, 'package-lock.json'), 'utf8');
  const stamp = join(folder, '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return folder;
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(outside, file), join(folder, file));
  await run('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: projectEnvironment(),
  });
  writeFileSync(stamp, lock);
  return folder;
}

/** A registry of this machine's own, with an empty storage in `folder`; it knows no other registry. */
export async function startRegistry(tools, folder) {
  mkdirSync(folder, { recursive: true });
  const url = `http://127.0.0.1:${await freePort()}`;
  writeFileSync(join(folder, 'config.yaml'), CONFIG);
  const verdaccio = join(tools, 'node_modules/verdaccio/bin/verdaccio');
  const child = spawn(projectNode(), [verdaccio, '--config', join(folder, 'config.yaml'), '--listen', url], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  await until(`the registry answers\n${output}`, () =>
    fetch(`${url}/-/ping`).then(
      () => true,
      () => undefined,
    ),
  );
  // npm publishes only with some token; this registry takes any.
  const userConfig = join(folder, 'npmrc');
  writeFileSync(userConfig, `@web-single:registry=${url}/\n${url.replace('http:', '')}/:_authToken=throw-away\n`);
  return {
    url,
    userConfig,
    /** What it keeps of a version. */
    tarball: (name, version) => join(folder, 'storage', name, `${name.split('/').at(-1)}-${version}.tgz`),
    versionsOf: async (name) => {
      const reply = await fetch(`${url}/${name.replace('/', '%2f')}`);
      return reply.status === 200 ? Object.keys((await reply.json()).versions) : [];
    },
    stop: () => new Promise((resolve) => child.on('exit', resolve) && child.kill('SIGTERM')),
  };
}

const CONFIG = `storage: ./storage
auth: { htpasswd: { file: ./htpasswd, max_users: -1 } }
uplinks: {}
packages: { '@web-single/*': { access: $all, publish: $all } }
max_body_size: 100mb
log: { type: stdout, format: json, level: warn }
`;

function freePort() {
  return new Promise((resolve, reject) => {
    const listener = createServer();
    listener.on('error', reject);
    listener.listen(0, '127.0.0.1', () => {
      const { port } = listener.address();
      listener.close(() => resolve(port));
    });
  });
}
