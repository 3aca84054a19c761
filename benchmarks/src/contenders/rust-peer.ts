import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plain } from '../dialects/plain.ts';
import { HttpLanes } from '../load/http-lanes.ts';
import { packageVersion } from '../package-version.ts';
import { workspaceRoot } from '../server-process.ts';
import type { Case } from '../workloads/prepare-cases.ts';
import type { Workload } from '../workloads/workload.ts';
import type { ContenderKind } from './contender.ts';
import { runTool } from './run-tool.ts';
import { startContender } from './start-contender.ts';

const sources = join(workspaceRoot, 'benchmarks/peers/rust');
const target = join(workspaceRoot, 'tmp/benchmarks/rust');
const rust = 'Rust 1.92 or later';
const told = ['axum', 'ort', 'image', 'fast_image_resize'];

/** Its JPEG decoder and its resizing are not Pillow's: near, not equal. */
const pictureTolerance = { absolute: 0.02, relative: 0.05 };

/** Another language's HTTP over the same runtime library: one run a request, no batching. */
export const rustPeer: ContenderKind = {
  name: 'rust',
  title:
    'axum and the ort crate over the same runtime library; one run a request. Its scores of JPEGs are near, not equal',
  supports: (workload) => plain.supports(workload) && workload.mediaType !== 'image/png',
  async install() {
    await build();
    return `${(await runTool(rust, 'rustc', '--version')).trim()}, ${await lockedVersions()}, runtime of onnxruntime-node ${await packageVersion('onnxruntime-node')}`;
  },
  start({ workload, cases }, port) {
    const lanes = new HttpLanes(
      port,
      plain,
      workload,
      cases.map((wanted) => tolerant(workload, wanted)),
    );
    const command = [join(target, 'release/peer'), String(port), workload.packageFolder];
    return startContender({ command, environment: { ORT_DYLIB_PATH: runtimeLibrary() } }, (count) => lanes.open(count));
  },
};

function tolerant({ carriage }: Workload, wanted: Case): Case {
  return carriage === 'image' ? { ...wanted, tolerance: pictureTolerance } : wanted;
}

async function build(): Promise<void> {
  const manifest = join(sources, 'Cargo.toml');
  if (!existsSync(runtimeLibrary()))
    throw new Error('onnxruntime-node brings no runtime library for this machine that it can load');
  await runTool(rust, 'cargo', 'build', '--release', '--locked', '--manifest-path', manifest, '--target-dir', target);
}

/** What onnxruntime-node loads. */
function runtimeLibrary(): string {
  const folder = join(workspaceRoot, 'node_modules/onnxruntime-node/bin/napi-v6', process.platform, process.arch);
  return join(folder, process.platform === 'darwin' ? 'libonnxruntime.dylib' : 'libonnxruntime.so.1');
}

async function lockedVersions(): Promise<string> {
  const lock = await readFile(join(sources, 'Cargo.lock'), 'utf8');
  return told
    .map((name) => `${name} ${new RegExp(`name = "${name}"\nversion = "([^"]+)"`).exec(lock)?.[1]}`)
    .join(', ');
}
