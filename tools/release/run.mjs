/**
 * Proves a release from end to end in a clone of this checkout, against a registry of this machine's own: versions, tags and
 * changelogs from commits, publishing of one lib alone, and somebody outside who installs and uses it. Needs npm's registry for
 * what the packages depend on. Leaves nothing behind but what it has fetched, in tmp/release-tools.
 * Usage: run.mjs [--built]; with it nothing is built here: a build takes away for a moment what servers beside it load.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../image/prove/commands.mjs';
import { projectEnvironment, root } from '../workspace/setup.mjs';
import { checkConsumer } from './prove/check-consumer.mjs';
import { checkPackages } from './prove/check-packages.mjs';
import { checkProvenance, checkPublishedAlone, publishAll } from './prove/check-publish.mjs';
import { checkFeatureAndBreak, checkFromOneOn, checkPatch, checkRanges } from './prove/check-versions.mjs';
import { cloneWorkspace } from './prove/clone-workspace.mjs';
import { installOutsideTools, startRegistry } from './prove/registry.mjs';

const STEPS = {
  checkRanges,
  publishAll,
  checkPackages,
  checkPatch,
  checkPublishedAlone,
  checkProvenance,
  checkConsumer,
  checkFeatureAndBreak,
  checkFromOneOn,
};
let passed = 0;
let failed = 0;
let registry;
const sandbox = mkdtempSync(join(tmpdir(), 'web-single-release-'));
const environment = { ...projectEnvironment(), CI: 'true' };
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void clean().then(() => process.exit(1)));
try {
  const tools = await timed('tools', installOutsideTools);
  const clone = join(sandbox, 'clone');
  const git = await timed('build and clone', async () => {
    if (!process.argv.includes('--built'))
      await run('npx', ['nx', 'run-many', '-t', 'build'], { cwd: root, env: environment });
    return cloneWorkspace(root, clone);
  });
  registry = await startRegistry(tools, join(sandbox, 'registry'));
  for (const [name, step] of Object.entries(STEPS))
    await timed(name, () => step({ root, sandbox, clone, git, tools, registry, check, environment }));
} catch (error) {
  failed += 1;
  console.error(error.message);
} finally {
  await clean();
}
console.log(`release: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function clean() {
  await registry?.stop();
  rmSync(sandbox, { recursive: true, force: true });
}

function check(what, holds, detail = '') {
  if (holds) passed += 1;
  else failed += 1;
  console.log(`  ${holds ? 'ok    ' : 'FAILED'} ${what}${detail === '' ? '' : ` (${detail})`}`);
}

async function timed(name, work) {
  const startMs = performance.now();
  const result = await work();
  console.log(`--- ${name}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  return result;
}
