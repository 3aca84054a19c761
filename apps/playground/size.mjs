// Fails where the script of the built page, gzipped, is larger than its budget. Run `npx nx build playground` before.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 60_000;

const folder = join(import.meta.dirname, 'dist/assets');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
const contents = scripts.map((name) => readFileSync(join(folder, name)));
const minified = contents.reduce((sum, { length }) => sum + length, 0);
const zipped = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
process.stdout.write(`playground: ${minified} bytes of script, ${zipped} gzipped, budget ${BUDGET_BYTES}\n`);
process.exitCode = scripts.length === 0 || zipped > BUDGET_BYTES ? 1 : 0;
