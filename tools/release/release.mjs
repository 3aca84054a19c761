/**
 * Versions, changelogs and tags, each project on its own: `nx release` for the projects that have changed themselves, and, where
 * one of them broke something, for those that depend on it, whose ranges must follow. The chart names the predictor's version.
 * Usage: release.mjs [--projects=tensor,sdk] [--dry-run]; publishing is `npx nx release publish`.
 */
import { parseArgs } from 'node:util';
import { ReleaseClient } from 'nx/release/index.js';
import { changedProjects, gitIn } from './changed-projects.mjs';
import { releasedProjects } from './released-projects.mjs';
import { writeAppVersion } from './write-app-version.mjs';

const APP = 'predictor';

const { values } = parseArgs({
  options: { projects: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
});
const released = releasedProjects(process.cwd());
const unknown = (values.projects?.split(',') ?? []).filter(
  (name) => !released.some((project) => project.name === name),
);
if (unknown.length > 0)
  fail(`--projects: there is no ${unknown.join(', ')}; there are ${released.map(({ name }) => name).join(', ')}.`);

const wanted = released.filter(({ name }) => values.projects?.split(',').includes(name) ?? true);
const { changed, breaking } = changedProjects(wanted);
if (changed.length === 0) {
  console.log('Nothing to release: no feat, fix or perf commit since the last tags.');
  process.exit(0);
}
console.log(`To release: ${changed.join(', ')}${breaking.length > 0 ? `; breaking: ${breaking.join(', ')}` : ''}`);
const client = new ReleaseClient({
  version: breaking.length > 0 ? { updateDependents: 'auto', preserveMatchingDependencyRanges: false } : {},
});
const dryRun = values['dry-run'];
// In two halves: what the predictor's version stands in besides goes into the same commit, and is there where the tag points.
const staged = { projects: changed, dryRun, stageChanges: true };
const versioned = await client.releaseVersion({ ...staged, gitCommit: false, gitTag: false });
const { projectsVersionData, workspaceVersion: version, releaseGraph } = versioned;
const appVersion = projectsVersionData[APP]?.newVersion ?? null;
if (appVersion !== null && !dryRun) gitIn(process.cwd())('add', writeAppVersion(process.cwd(), appVersion));
await client.releaseChangelog({
  ...staged,
  ...{ versionData: projectsVersionData, version, releaseGraph },
  gitCommit: true,
  gitTag: true,
});
for (const [name, { currentVersion, newVersion }] of Object.entries(projectsVersionData))
  if (newVersion !== null) console.log(`${name}: ${currentVersion} → ${newVersion}`);
process.exit(0);

function fail(message) {
  console.error(message);
  process.exit(2);
}
