import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../workspace/setup.mjs';

/** Where the definitions of custom resources lie: Go modules by version and checksum, and the files in them. */
const MODULES = [
  {
    module: 'sigs.k8s.io/gateway-api@v1.6.3',
    sum: 'h1:lKpJa5bGlraC/QeACvCpsHLdmO6y0iKfzVl6gzaFEYc=',
    folder: 'config/crd/standard',
    files: /_(grpcroutes|httproutes)\.yaml$/,
  },
  {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
    folder: 'jsonnet/prometheus-operator',
    files: /^servicemonitors-crd\.json$/,
  },
  {
    module: 'knative.dev/serving@v0.51.0',
    sum: 'h1:yN2Q7eYqJgoPfZkATjoBZyGbZ2P1Qhns9HIMU4mF+to=',
    folder: 'config/core/300-resources',
    files: /^service\.yaml$/,
  },
];

/** Absolute paths of the definitions, downloaded through Go's module proxy where they are not there yet. */
export function resourceDefinitions() {
  return MODULES.flatMap(({ module, sum, folder, files }) => {
    const downloaded = download(module);
    if (downloaded.Sum !== sum) throw new Error(`${module}: expected the checksum ${sum}, got ${downloaded.Sum}.`);
    const found = readdirSync(join(downloaded.Dir, folder)).filter((name) => files.test(name));
    if (found.length === 0) throw new Error(`${module}: no file in ${folder} matches ${files}.`);
    return found.map((name) => join(downloaded.Dir, folder, name));
  });
}

function download(module) {
  // A folder outside any module: else Go would look for one.
  const cwd = join(root, 'tmp/deploy');
  mkdirSync(cwd, { recursive: true });
  const result = spawnSync('go', ['mod', 'download', '-json', module], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, GOFLAGS: '-mod=mod', GO111MODULE: 'on', GOTOOLCHAIN: 'local' },
  });
  if (result.error !== undefined)
    throw new Error(
      'go cannot be started: Go 1.21 or later is needed to download the definitions of custom resources.',
    );
  if (result.status !== 0) throw new Error(`go mod download ${module} failed:\n${result.stdout}${result.stderr}`);
  return JSON.parse(result.stdout);
}
