import { appendFileSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../image/prove/commands.mjs';
import { releasedProjects } from '../released-projects.mjs';

const SUBJECT = 'softmax says along which axis it works';

/** A fix of one lib: that lib alone gets a version, a tag and an entry of its changelog. */
export async function checkPatch({ clone, git, check, environment }) {
  const file = join(clone, 'libs/preprocessing/src/steps/postprocess/softmax.ts');
  appendFileSync(file, '// Along the last axis.\n');
  git('commit', '--quiet', '--all', '--message', `fix(preprocessing): ${SUBJECT}`);
  const before = versionsIn(clone);
  await release(clone, environment);
  const changed = git('show', '--format=', '--name-only', 'HEAD').trim().split('\n').sort();
  const tags = git('tag', '--points-at', 'HEAD').trim();
  const after = versionsIn(clone);
  check(
    'a fix of preprocessing tags preprocessing@0.1.1 and nothing else',
    tags === `preprocessing@${after.preprocessing}`,
    tags,
  );
  check('its version alone has moved, by a patch', isPatch(before, after, ['preprocessing']), JSON.stringify(after));
  check(
    'the commit of the release holds its package.json, its changelog and the lockfile',
    changed.join() === 'libs/preprocessing/CHANGELOG.md,libs/preprocessing/package.json,package-lock.json',
    changed.join(),
  );
  const changelog = readFileSync(join(clone, 'libs/preprocessing/CHANGELOG.md'), 'utf8');
  check('its changelog is written from the commit', changelog.includes('## 0.1.1') && changelog.includes(SUBJECT));
  check('what depends on it keeps its range', rangesFit(clone).length === 0, rangesFit(clone).join('; '));
}

/** Before 1.0 a feature is a patch, since `^0.1.0` takes patches only; a change that breaks is a minor, and ranges follow. */
export async function checkFeatureAndBreak({ clone, git, check, environment }) {
  commit(clone, git, 'libs/sdk/src/index.ts', 'feat(sdk): a call more');
  const before = versionsIn(clone);
  await release(clone, environment);
  const withFeature = versionsIn(clone);
  check('a feature before 1.0 is a patch of that lib alone', isPatch(before, withFeature, ['sdk']), withFeature.sdk);

  commit(clone, git, 'libs/contract/src/index.ts', 'feat(contract)!: a body of another shape');
  const output = await release(clone, environment);
  const broken = versionsIn(clone);
  check('a change that breaks, before 1.0, is a minor', broken.contract === '0.2.0', broken.contract);
  check(
    'what depends on it is released with it, nothing else',
    isPatch(withFeature, { ...broken, contract: withFeature.contract }, ['predictor']),
    output.split('\n').slice(-4).join('; '),
  );
  check(
    'and its range has followed',
    rangesFit(clone).length === 0 && rangeOf(clone, 'predictor', 'contract') === '^0.2.0',
    rangesFit(clone).join('; '),
  );

  const chart = git('show', `predictor@${broken.predictor}:deploy/helm/web-single/Chart.yaml`);
  const appVersion = /^appVersion: "(.*)"$/m.exec(chart)?.[1];
  check("at its tag the chart names the predictor's version", appVersion === broken.predictor, appVersion);
  check('and nothing of the release is left uncommitted', git('status', '--porcelain').trim() === '');

  const quiet = await release(clone, environment);
  check('released again: nothing to release', quiet.includes('Nothing to release'));
}

/** From 1.0 on a feature is a minor. */
export async function checkFromOneOn({ clone, git, check, environment }) {
  const file = join(clone, 'libs/sdk/package.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/"version": "[^"]+"/, '"version": "1.0.0"'));
  git('commit', '--quiet', '--all', '--message', 'chore(sdk): 1.0');
  git('tag', 'sdk@1.0.0');
  commit(clone, git, 'libs/sdk/src/index.ts', 'feat(sdk): one more');
  const output = await release(clone, environment, ['--dry-run']);
  check('a feature from 1.0 on is a minor', output.includes('sdk: 1.0.0 → 1.1.0'), output.split('\n').at(-1));
  check('a dry run changes nothing', git('status', '--porcelain').trim() === '' && versionsIn(clone).sdk === '1.0.0');
}

/**
 * Every range of one of our projects on another is one a registry can resolve, and takes the version in this workspace. What is
 * never released takes any version: its ranges do not follow, and npm would look for the former version in a registry.
 */
export function checkRanges({ clone, check }) {
  const problems = rangesFit(clone);
  check(
    'our projects depend on each other by ranges that take what is here',
    problems.length === 0,
    problems.join('; '),
  );
  const fixed = fixedRangesOfUnreleased(clone);
  check('what is never released depends on ours by `*`', fixed.length === 0, fixed.join('; '));
}

function fixedRangesOfUnreleased(clone) {
  const released = releasedProjects(clone);
  const read = (path) => JSON.parse(readFileSync(join(clone, path, 'package.json'), 'utf8'));
  return globSync(read('.').workspaces, { cwd: clone })
    .filter((folder) => existsSync(join(clone, folder, 'package.json')))
    .filter((folder) => !released.some((project) => project.folder === folder))
    .flatMap((folder) => {
      const { dependencies, devDependencies } = read(folder);
      return Object.entries({ ...dependencies, ...devDependencies })
        .filter(([name, range]) => released.some(({ manifest }) => manifest.name === name) && range !== '*')
        .map(([name, range]) => `${folder}: ${name} ${range}`);
    });
}

function commit(clone, git, path, message) {
  appendFileSync(join(clone, path), `// ${message}\n`);
  git('commit', '--quiet', '--all', '--message', message);
}

function release(clone, env, args = []) {
  return run(process.execPath, ['tools/release/release.mjs', ...args], { cwd: clone, env });
}

function versionsIn(clone) {
  return Object.fromEntries(releasedProjects(clone).map(({ name, manifest }) => [name, manifest.version]));
}

function isPatch(before, after, names) {
  return Object.keys(after).every((name) => {
    const [major, minor, patch] = before[name].split('.').map(Number);
    return after[name] === (names.includes(name) ? `${major}.${minor}.${patch + 1}` : before[name]);
  });
}

function rangeOf(clone, project, dependency) {
  const { manifest } = releasedProjects(clone).find(({ name }) => name === project);
  return manifest.dependencies[`@web-single/${dependency}`];
}

function rangesFit(clone) {
  const projects = releasedProjects(clone);
  const versions = Object.fromEntries(projects.map(({ manifest }) => [manifest.name, manifest.version]));
  return projects.flatMap(({ name, manifest }) =>
    Object.entries(manifest.dependencies ?? {}).flatMap(([dependency, range]) =>
      versions[dependency] === undefined || takes(range, versions[dependency])
        ? []
        : [`${name} wants ${dependency} ${range}, here is ${versions[dependency]}`],
    ),
  );
}

/** Ours are caret ranges: no change that breaks, which below 1.0 is the minor version. */
function takes(range, version) {
  if (!/^\^\d+\.\d+\.\d+$/.test(range)) return false;
  const from = range.slice(1).split('.').map(Number);
  const has = version.split('.').map(Number);
  const fixed = from.findIndex((part) => part > 0);
  const differing = from.findIndex((part, index) => part !== has[index]);
  return differing === -1 || (differing > fixed && has[differing] > from[differing]);
}
