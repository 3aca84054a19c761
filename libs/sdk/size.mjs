// Fails where the client, minified and gzipped, without the generated table, is larger than its budget.
import { gzipSync } from 'node:zlib';
// eslint-disable-next-line @nx/enforce-module-boundaries -- a check of the build, no part of the lib
import { rolldown } from 'rolldown';

const BUDGET_BYTES = 6000;

const bundle = await rolldown({
  input: new URL('./src/index.ts', import.meta.url).pathname,
  platform: 'browser',
  plugins: [
    { name: 'no-models', load: (id) => (id.includes('/generated/models.ts') ? 'export const models = {};' : null) },
  ],
});
const { output } = await bundle.generate({ format: 'esm', minify: true });
const minified = Buffer.from(output[0].code);
const zipped = gzipSync(minified, { level: 9 }).length;
process.stdout.write(`sdk: ${minified.length} bytes minified, ${zipped} gzipped, budget ${BUDGET_BYTES}\n`);
process.exitCode = zipped > BUDGET_BYTES ? 1 : 0;
