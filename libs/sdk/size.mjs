/**
 * Bundles every entry as an application would get it, minified, without the generated table, and has size-limit hold it
 * against .size-limit.json. Usage: size.mjs [folder of the compiled client]; without one, of the sources.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
// eslint-disable-next-line @nx/enforce-module-boundaries -- a check of the build, no part of the lib
import { rolldown } from 'rolldown';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const [folder] = process.argv.slice(2);
const [from, extension] = folder === undefined ? [join(here, 'src'), 'ts'] : [resolve(folder), 'js'];
const out = join(root, 'tmp/sdk-size');
const ENTRIES = { root: 'index', many: 'many/index', react: 'react/index' };

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const [name, path] of Object.entries(ENTRIES)) {
  const bundle = await rolldown({
    input: join(from, `${path}.${extension}`),
    platform: 'browser',
    plugins: [
      {
        name: 'no-models',
        load: (id) => (/\/generated\/models\.[jt]s$/.test(id) ? 'export const models = {};' : null),
      },
    ],
  });
  await bundle.write({ file: join(out, `${name}.js`), format: 'esm', minify: true });
}
const { status } = spawnSync(process.execPath, [join(root, 'node_modules/size-limit/bin.js')], {
  cwd: here,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
