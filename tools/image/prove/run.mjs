/**
 * Proves the image as an operator would use it: builds it, takes it apart, runs it hardened, kills parts of it.
 * Usage: run.mjs [check …]; without names, all. Needs root, and what install.sh installs; a missing tool is a failure.
 * Checks run in two lines side by side; each prints when it is through.
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
import { countedChecks } from './counted-checks.mjs';
import { buildImage, exportImage } from './image.mjs';
import { openSandbox } from './sandbox.mjs';

/** Two lines of checks, side by side; each line one after the other. About as long as each other. */
const LINES = [
  {
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
  },
  { upgrades: checkUpgrades },
];

const known = LINES.flatMap((line) => Object.keys(line));
const names = process.argv.length > 2 ? process.argv.slice(2) : known;
const unknown = names.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}; there are ${known.join(', ')}.`);
  process.exit(2);
}

const total = countedChecks();
const sandbox = await openSandbox();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void sandbox.close().then(() => process.exit(1)));
try {
  const image = 'localhost/web-single:proof';
  await timed('base images (stand-ins: the public ones are not pulled here)', () => sandbox.makeBases('amd64'));
  await timed('build', () => buildImage(root, { tag: image }));
  const layout = sandbox.path('oci');
  const exported = await exportImage(image, layout);
  const parts = { image, root, sandbox, layout, exported, models: join(root, 'models') };
  await Promise.all(LINES.map((line) => runInTurn(line, parts)));
} catch (error) {
  total.giveUp(error);
} finally {
  await sandbox.close();
}
process.exit(total.conclude('image'));

/** A check that cannot go on has failed; the next ones are tried. */
async function runInTurn(checks, parts) {
  for (const [name, run] of Object.entries(checks).filter(([key]) => names.includes(key))) {
    const lines = [];
    const say = (line) => lines.push(line);
    const { check, giveUp, counts } = countedChecks(say);
    await timed(
      name,
      () =>
        run({ ...parts, check, say }).catch(async (error) => {
          giveUp(error);
          say(await logsOfContainers());
        }),
      lines,
    );
    total.counts.passed += counts.passed;
    total.counts.failed += counts.failed;
  }
}

/** Of those that run and of those that a failed check left behind. */
async function logsOfContainers() {
  const { output } = await outcomeOf('podman', ['ps', '--all', '--format', '{{.Names}}']);
  const logs = output.stdout
    .split('\n')
    .filter(Boolean)
    .map(async (name) => {
      const { stdout, stderr } = (await outcomeOf('podman', ['logs', '--tail', '20', name])).output;
      return `--- logs of ${name}\n${stdout}${stderr}`;
    });
  return (await Promise.all(logs)).join('\n');
}

/** Prints `lines` after the work, under its name and the time it took. */
async function timed(name, work, lines = []) {
  const startMs = performance.now();
  await work();
  console.log([`--- ${name}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`, ...lines].join('\n'));
}
