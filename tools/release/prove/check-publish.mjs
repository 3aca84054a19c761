import { outcomeOf, run } from '../../image/prove/commands.mjs';
import { releasedProjects } from '../released-projects.mjs';

/** Publishes all projects of a clone as they are: the state before a release. */
export async function publishAll({ clone, registry, check, environment }) {
  await publish(clone, registry, environment);
  const missing = await withoutVersion(clone, registry);
  check('nx release publish publishes every project', missing.length === 0, missing.join());
}

/** After a release of one lib: that lib has one version more, the others are as before. */
export async function checkPublishedAlone({ clone, registry, check, environment }) {
  const before = await allVersions(clone, registry);
  await publish(clone, registry, environment);
  const after = await allVersions(clone, registry);
  const moved = Object.keys(after).filter((name) => after[name].length !== before[name].length);
  check('nx release publish publishes the released lib alone', moved.join() === 'preprocessing', moved.join());
  check('under its new version', after.preprocessing.join() === '0.1.0,0.1.1', after.preprocessing.join());
}

/** The workflow asks for provenance by the environment. On another machine npm must refuse: there is nobody who vouches. */
export async function checkProvenance({ clone, registry, check, environment }) {
  await run('npm', ['version', '9.9.9', '--no-git-tag-version'], {
    cwd: `${clone}/tmp/packages/tensor`,
    env: environment,
  });
  const { code, output } = await outcomeOf('npm', ['publish', '--registry', registry.url], {
    cwd: `${clone}/tmp/packages/tensor`,
    env: { ...withoutWorkflow(environment), NPM_CONFIG_USERCONFIG: registry.userConfig, NPM_CONFIG_PROVENANCE: 'true' },
  });
  const reason = /provenance[^\n]*/i.exec(output.stderr)?.[0] ?? output.stderr.slice(-200);
  check('npm refuses provenance outside a workflow', code !== 0 && /provenance/i.test(output.stderr), reason);
  const packed = await run(process.execPath, ['tools/release/package.mjs', 'tensor'], {
    cwd: clone,
    env: { ...environment, GITHUB_SERVER_URL: 'https://github.example', GITHUB_REPOSITORY: 'someone/somewhere' },
  });
  const { default: manifest } = await import(`${clone}/tmp/packages/tensor/package.json`, { with: { type: 'json' } });
  check(
    'in a workflow the package names the repository that provenance is checked against',
    manifest.repository?.url === 'git+https://github.example/someone/somewhere.git',
    packed,
  );
}

function publish(clone, registry, environment) {
  return run('npx', ['nx', 'release', 'publish', '--registry', registry.url], {
    cwd: clone,
    env: { ...withoutWorkflow(environment), NPM_CONFIG_USERCONFIG: registry.userConfig },
  });
}

/** In a workflow's own environment npm would take its identity. */
function withoutWorkflow(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^(GITHUB_|ACTIONS_ID_TOKEN|NPM_CONFIG_PROVENANCE)/i.test(name)),
  );
}

async function allVersions(clone, registry) {
  const entries = releasedProjects(clone).map(async ({ name, manifest }) => [
    name,
    await registry.versionsOf(manifest.name),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}

async function withoutVersion(clone, registry) {
  const versions = await allVersions(clone, registry);
  return Object.keys(versions).filter((name) => versions[name].length === 0);
}
