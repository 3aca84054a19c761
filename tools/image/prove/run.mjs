/**
 * Proves the image as an operator would use it: builds it, takes it apart, runs it hardened, kills parts of it.
 * Usage: run.mjs [check …]; without names, all. Needs root, and what install.sh installs; a missing tool is a failure.
 */
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';
import { checkCompose } from './checks/compose.mjs';
import { checkContents } from './checks/contents.mjs';
import { checkDrain } from './checks/drain.mjs';
import { checkFaults } from './checks/faults.mjs';
import { checkGoldens } from './checks/goldens.mjs';
import { checkModelLoading } from './checks/model-loading.mjs';
import { checkOtherArchitecture } from './checks/other-architecture.mjs';
import { checkReplicas } from './checks/replicas.mjs';
import { checkReproducible } from './checks/reproducible.mjs';
import { checkSbom } from './checks/sbom.mjs';
import { checkUpgrades } from '../../upgrade/check-upgrades.mjs';
import { outcomeOf } from './commands.mjs';
import { buildImage } from './image.mjs';
import { openSandbox } from './sandbox.mjs';

const CHECKS = {
  contents: checkContents,
  goldens: checkGoldens,
  'model-loading': checkModelLoading,
  drain: checkDrain,
  faults: checkFaults,
  replicas: checkReplicas,
  compose: checkCompose,
  sbom: checkSbom,
  reproducible: checkReproducible,
  'other-architecture': checkOtherArchitecture,
  upgrades: checkUpgrades,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(CHECKS);
const unknown = names.filter((name) => !Object.hasOwn(CHECKS, name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}; there are ${Object.keys(CHECKS).join(', ')}.`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
const sandbox = await openSandbox();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void sandbox.close().then(() => process.exit(1)));
try {
  const image = 'localhost/web-single:proof';
  await timed('base images (stand-ins: the public ones are not pulled here)', () => sandbox.makeBases('amd64'));
  await timed('build', () => buildImage(root, { tag: image }));
  const parts = { image, root, sandbox, check, models: join(root, 'models') };
  for (const name of names) await timed(name, () => CHECKS[name](parts).catch(giveUp));
} catch (error) {
  await giveUp(error);
} finally {
  await sandbox.close();
}
console.log(`image: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function check(what, holds, detail = '') {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`  ${holds ? 'ok    ' : 'FAILED'} ${what}${detail === '' ? '' : ` (${detail})`}`);
}

/** A check that cannot go on has failed; the next ones are tried. */
async function giveUp(error) {
  failed += 1;
  console.error(error.message);
  await printLogs();
  await outcomeOf('podman', ['rm', '--all', '--force', '--time', '0']);
}

/** Of containers that a failed check left behind. */
async function printLogs() {
  const { output } = await outcomeOf('podman', ['ps', '--all', '--format', '{{.Names}}']);
  for (const name of output.stdout.split('\n').filter(Boolean)) {
    const logs = await outcomeOf('podman', ['logs', '--tail', '20', name]);
    console.error(`--- logs of ${name}\n${logs.output.stdout}${logs.output.stderr}`);
  }
}

async function timed(name, work) {
  const startMs = performance.now();
  console.log(`--- ${name}`);
  await work();
  console.log(`--- ${name}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}
