/**
 * Upgrades components of the image, each alone, and rolls back. Usage: run.mjs [component …]; without names, all. Needs root,
 * what tools/image/prove/install.sh installs, and npm's registry; a missing tool is a failure.
 */
import { join } from 'node:path';
import { countedChecks } from '../image/prove/counted-checks.mjs';
import { buildImage, exportImage } from '../image/prove/image.mjs';
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

const checks = countedChecks();
const sandbox = await openSandbox();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void sandbox.close().then(() => process.exit(1)));
try {
  const image = 'localhost/web-single:proof';
  await sandbox.makeBases('amd64');
  await buildImage(root, { tag: image });
  const layout = sandbox.path('oci');
  const exported = await exportImage(image, layout);
  const parts = { image, root, sandbox, layout, exported, models: join(root, 'models') };
  await checkUpgrades({ ...parts, check: checks.check, say: console.log }, names);
} catch (error) {
  checks.giveUp(error);
} finally {
  await sandbox.close();
}
process.exit(checks.conclude('upgrade'));
