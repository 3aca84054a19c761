import { closeSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withFiles } from '../image.mjs';

const MB = 1e6;
/** Anything that makes a foothold comfortable, and what only a build needs. */
const UNWANTED =
  /^(sh|bash|dash|busybox|npm|npx|yarn|corepack|apt|apt-get|dpkg|apk|python[\d.]*|perl|gcc|cc|g\+\+|make|curl|wget)$/;
const ELF_MACHINES = { 0x3e: 'amd64', 0xb7: 'arm64' };

/** What is in the image, and what is not. */
export async function checkContents({ image, exported, check }) {
  const { layers, config } = exported;
  await withFiles(image, (folder) => checkFiles(folder, 'amd64', check));
  const compressed = layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  check(
    'at most 115 MB compressed',
    compressed <= 115 * MB,
    `${(compressed / MB).toFixed(1)} MB in ${layers.length} layers`,
  );
  const { User: user, StopSignal: signal, Labels: labels, Env: environment, ExposedPorts: ports } = config.config;
  check('runs as a user of its own', user === '65532:65532', user);
  check('ends by SIGTERM', signal === 'SIGTERM');
  check('telemetry of the runtime is off', environment.includes('ORT_DISABLE_TELEMETRY=1'));
  check('ports 8080 and 8081', Object.keys(ports).sort().join() === '8080/tcp,8081/tcp', Object.keys(ports).join(' '));
  check(
    'a label for every component',
    Object.keys(labels).filter((name) => name.startsWith('web-single.component.')).length === 8,
  );
  const digests = Object.entries(labels).filter(([name]) => name.startsWith('web-single.model.'));
  check(
    'a label with the digest of every model',
    digests.length === 2 && digests.every(([, digest]) => /^sha256:[0-9a-f]{64}$/.test(digest)),
  );
}

/** The files of an unpacked image for one architecture. */
export function checkFiles(folder, arch, check) {
  const files = [...walk(folder)];
  const found = (isMeant) => files.filter(isMeant).map(({ path }) => path.slice(folder.length));
  const none = (what, paths) => check(what, paths.length === 0, paths.slice(0, 5).join(' '));
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  check('at most 250 MB', sizeBytes <= 250 * MB, `${(sizeBytes / MB).toFixed(1)} MB`);
  none(
    'no shell, package manager, compiler or interpreter but Node',
    found(({ path }) => UNWANTED.test(basename(path))),
  );
  none(
    'nothing runs as another user (setuid, setgid)',
    found(({ mode, isFile }) => isFile && (mode & 0o6000) !== 0),
  );
  none(
    'nothing is writable by everyone',
    found(({ path, mode, isFile }) => isFile && (mode & 0o002) !== 0 && !path.startsWith('/proc')),
  );
  none(
    'no sources, tests, maps or types of packages',
    found(({ path }) => /\.(test|spec)\.[cm]?[jt]s$|\.map$/.test(path) || /node_modules\/.*\.d\.[cm]?ts$/.test(path)),
  );
  const machines = files.filter(({ isFile }) => isFile).map(({ path }) => ({ path, machine: machineOf(path) }));
  none(
    `programs and libraries for ${arch} only`,
    machines
      .filter(({ machine }) => machine !== undefined && machine !== arch)
      .map(({ path }) => path.slice(folder.length)),
  );
  check(
    'the runtime and the picture decoder are there',
    ['libonnxruntime.so', 'sharp-linux'].every((name) => files.some(({ path }) => path.includes(name))),
  );
  none(
    'no GPU provider',
    found(({ path }) => /providers_(cuda|tensorrt|shared)/.test(path)),
  );
}

function* walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const { mode, size } = lstatSync(path);
    if (entry.isDirectory()) yield* walk(path);
    else yield { path, mode, sizeBytes: entry.isFile() ? size : 0, isFile: entry.isFile() };
  }
}

/** Of an ELF file its machine, by the header's `e_machine`; `undefined` for other files. */
function machineOf(path) {
  const header = Buffer.alloc(20);
  const file = openSync(path, 'r');
  const length = readSync(file, header);
  closeSync(file);
  if (length < 20 || header.readUInt32BE(0) !== 0x7f454c46) return undefined;
  return ELF_MACHINES[header.readUInt16LE(18)] ?? 'another machine';
}
