/**
 * Upgrades components of the image, each alone, and rolls back. Usage: run.mjs [component …]; without names, all. Needs root,
 * what tools/image/prove/install.sh installs, and npm's registry; a missing tool is a failure.
 */
import { join } from 'node:path';
import { buildImage } from '../image/prove/image.mjs';
import { openSandbox } from '../image/prove/sandbox.mjs';
import { root } from '../workspace/setup.mjs';
import { checkUpgrades, COMPONENTS } from './check-upgrades.mjs';

const known = COMPONENTS.map(({ name }) => name);
const names = process.argv.length > 2 ? process.argv.slice(2) : known;
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no component ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const sandbox = await openSandbox();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void sandbox.close().then(() => process.exit(1)));
try {
  const image = 'localhost/web-single:proof';
  await sandbox.makeBases('amd64');
  await buildImage(root, { tag: image });
  await checkUpgrades({ image, root, sandbox, check, models: join(root, 'models') }, names);
} catch (error) {
  failed += 1;
  console.error(error.message);
} finally {
  await sandbox.close();
}
console.log(`upgrade: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function check(what, holds, detail = '') {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`  ${holds ? 'ok    ' : 'FAILED'} ${what}${detail === '' ? '' : ` (${detail})`}`);
}
