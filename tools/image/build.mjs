/** `npx nx run predictor:image`: builds the image with docker, podman or buildah, whichever works; `--help` lists the options. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../workspace/setup.mjs';
import { buildCommand, findEngine, whichToInstall } from './engines.mjs';
import { imageLabels } from './image-labels.mjs';

const HELP = `npx nx run predictor:image [-- options]

  --tag NAME            default web-single:latest
  --platform OS/ARCH    linux/amd64 or linux/arm64; default: this machine's
  --revision COMMIT     for the label; default: git's HEAD, marked where files differ from it
  --engine NAME         docker, podman or buildah; default: the first that works
  --models FOLDER       packages to bake in; default: models
  --node-image IMAGE    base of the build, with Node 24 and npm 11
  --runtime-image IMAGE base of the image, with Node 24; no shell is needed
  --engine-arg ARG      handed to the engine as it is; may be repeated
  --dry-run             prints the command and builds nothing
`;

const { values } = parseArgs({
  options: {
    tag: { type: 'string', default: 'web-single:latest' },
    platform: { type: 'string', default: `linux/${process.arch === 'x64' ? 'amd64' : process.arch}` },
    engine: { type: 'string', default: 'auto' },
    models: { type: 'string' },
    revision: { type: 'string' },
    'node-image': { type: 'string' },
    'runtime-image': { type: 'string' },
    'engine-arg': { type: 'string', multiple: true, default: [] },
    'dry-run': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (!/^linux\/(amd64|arm64)$/.test(values.platform))
  fail(`--platform: expected linux/amd64 or linux/arm64, got "${values.platform}".`);

const { engine, passedOver } = findEngine(values.engine);
for (const reason of passedOver) console.error(`Passed over ${reason}`);
if (engine === undefined) fail(`No engine that can build an image: ${whichToInstall(values.engine)}`);

const modelsFolder = resolve(root, values.models ?? 'models');
const labels = await imageLabels({ root, modelsFolder, revision: values.revision }).catch((error) =>
  fail(`The models cannot be baked in:\n${error.message}`),
);
// All labels in one instruction: builders make a layer of each, and would take a second for every label.
const folder = mkdtempSync(join(tmpdir(), 'web-single-image-'));
const labelled = `${readFileSync(join(root, 'deploy/docker/Dockerfile'), 'utf8')}LABEL ${labelsOf(labels)}\n`;
const given = { NODE_IMAGE: values['node-image'], RUNTIME_IMAGE: values['runtime-image'] };
const command = buildCommand(engine, {
  tag: values.tag,
  platform: values.platform,
  file: join(folder, 'Dockerfile'),
  buildArgs: Object.fromEntries(Object.entries(given).filter(([, image]) => image !== undefined)),
  modelsFolder: relative(root, modelsFolder) === 'models' ? undefined : modelsFolder,
  engineArgs: values['engine-arg'],
  context: root,
});
console.error(`Building ${values.tag} for ${values.platform} with ${engine}`);
if (values['dry-run']) {
  console.error(`${command[command.indexOf('--file') + 1]} is deploy/docker/Dockerfile and LABEL ${labelsOf(labels)}`);
  console.log(command.map((part) => (/^[\w./:=@,-]+$/.test(part) ? part : JSON.stringify(part))).join(' '));
} else {
  writeFileSync(join(folder, 'Dockerfile'), labelled);
  console.error('The first build takes minutes; npm says nothing while it installs.');
  process.exitCode = spawnSync(command[0], command.slice(1), { stdio: 'inherit', cwd: root }).status ?? 1;
  if (process.exitCode !== 0) hintAtBases();
}
rmSync(folder, { recursive: true });

/** Sorted, so that the same labels are the same instruction. */
function labelsOf(values) {
  const names = Object.keys(values).sort();
  return names.map((name) => `${name}=${JSON.stringify(values[name]).replaceAll('$', '\\$')}`).join(' ');
}

/** A registry that cannot be reached is the most common reason, and an engine names no way around it. */
function hintAtBases() {
  const options = ['--node-image', '--runtime-image'].filter((option) => values[option.slice(2)] === undefined);
  if (options.length === 0) return;
  console.error(
    `The build failed. If a base image could not be pulled: ${options.join(' and ')} name others; docs/guides/image.md says how to make them without a registry.`,
  );
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
