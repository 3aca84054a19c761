/** `npx nx run predictor:sbom -- --image TAG --out FILE`: the bill of materials of a built image, CycloneDX, with docker or podman. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { billOfMaterials } from './bill-of-materials.mjs';
import { findEngine } from './engines.mjs';

const { values } = parseArgs({
  options: {
    image: { type: 'string', default: 'web-single:latest' },
    out: { type: 'string', default: 'sbom.cdx.json' },
    engine: { type: 'string', default: 'auto' },
  },
});
const { engine, passedOver } = findEngine(values.engine);
for (const reason of passedOver) console.error(`Passed over ${reason}`);
if (engine === undefined || engine === 'buildah') fail('No engine that can unpack an image: install docker or podman.');

const [inspected] = JSON.parse(call('image', 'inspect', values.image));
const folder = mkdtempSync(join(tmpdir(), 'web-single-sbom-'));
const container = call('create', values.image);
try {
  call('export', '--output', join(folder, 'image.tar'), container);
  const unpacked = spawnSync('tar', ['xf', 'image.tar', '--no-same-owner', '--exclude=dev/*'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (unpacked.status !== 0) fail(`The image cannot be unpacked:\n${unpacked.stderr}`);
  const digest = `sha256:${inspected.Id.replace('sha256:', '')}`;
  const bill = billOfMaterials(folder, { digest, labels: inspected.Config.Labels });
  writeFileSync(resolve(values.out), `${JSON.stringify(bill, null, 1)}\n`);
  console.log(`${values.out}: ${bill.components.length} components of ${values.image}`);
} finally {
  call('rm', container);
  rmSync(folder, { recursive: true, force: true });
}

function call(...args) {
  const result = spawnSync(engine, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (result.status !== 0) fail(`${engine} ${args.join(' ')}:\n${result.stderr}`);
  return result.stdout.trim();
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
