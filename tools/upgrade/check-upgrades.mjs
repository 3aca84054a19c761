import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runClient } from '../image/prove/clients.mjs';
import { ask, makeNamespace, startContainer, untilReady } from '../image/prove/container.mjs';
import { buildImage, exportImage } from '../image/prove/image.mjs';
import { cloneCheckout } from '../workspace/clone-checkout.mjs';
import { incompatibilities } from './compare-openapi.mjs';
import { baseImage } from './components/base-image.mjs';
import { model } from './components/model.mjs';
import { node } from './components/node.mjs';
import { onnxRuntime } from './components/onnx-runtime.mjs';
import { preprocessing } from './components/preprocessing.mjs';
import { restCode } from './components/rest-code.mjs';
import { shippedLayers } from './image-layers.mjs';

/** One component a page of docs/upgrade, under the same name. */
export const COMPONENTS = [restCode, model, baseImage, node, preprocessing, onnxRuntime];
const PATCH_LIMIT_BYTES = 100_000;
const HTTP = 'http://127.0.0.1:8080';
const GRPC = '127.0.0.1:8081';

/**
 * Upgrades each component alone, for real: builds, runs hardened, asks every golden case, holds the contract against the one
 * before, shows which layers a registry gets, and rolls back to the image before.
 */
export async function checkUpgrades(
  { image, root, sandbox, layout, exported, check, say, models },
  names = COMPONENTS.map(({ name }) => name),
) {
  const namespace = await makeNamespace(sandbox, 'ws-upgrades');
  const before = await serving({ image, namespace }, ({ read }) => stateOf(read));
  for (const component of COMPONENTS.filter(({ name }) => names.includes(name))) {
    const startMs = performance.now();
    await checkUpgrade(component, { image, root, sandbox, check, models, namespace, layout, exported, before });
    say(`  ${component.name}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  }
  await checkRollback({ image, namespace, layout, exported, before, check });
}

async function checkUpgrade(component, context) {
  const { root, sandbox, namespace, layout, exported, before } = context;
  const check = (what, holds, detail) => context.check(`${component.name}: ${what}`, holds, detail);
  const clone = sandbox.path(`upgrade-${component.name}`);
  cloneCheckout(root, clone);
  const upgraded = await component.upgrade({ clone, sandbox });
  const image = `localhost/web-single:upgrade-${component.name}`;
  const args = upgraded.runtimeImage === undefined ? [] : ['--runtime-image', upgraded.runtimeImage];
  await buildImage(clone, { tag: image, args });

  const { names, sizeBytes } = shippedLayers(exported, await exportImage(image, layout));
  check(
    `ships ${component.layers.join(', ')} and no other layer`,
    names.join() === component.layers.join(),
    `${names.join(', ')}; ${sizeBytes} bytes compressed`,
  );
  if (component.isPatch) check('ships at most 100 kB', sizeBytes <= PATCH_LIMIT_BYTES, `${sizeBytes} bytes`);
  await serving({ image, namespace }, (running) =>
    checkRunning({
      ...running,
      component,
      upgraded,
      before,
      namespace,
      models: upgraded.models ?? context.models,
      check,
    }),
  );
}

async function checkRunning({ read, hasFile, component, upgraded, before, namespace, models, check }) {
  const shortfall = await component.shortfall({ read, hasFile, upgraded, before });
  check('the new state serves', shortfall === undefined, shortfall);
  const options = { http: HTTP, grpc: GRPC, models, names: ['penguins', 'digits'] };
  const { counts, wrong, wrongCount } = await runClient(namespace, 'goldens', options);
  const isAsked = counts.rest >= 100 && counts.grpc === counts.rest;
  check(
    'golden cases over REST and gRPC',
    isAsked && wrongCount === 0,
    `${counts.rest} REST, ${counts.grpc} gRPC, ${wrongCount} wrong ${wrong.join('; ')}`,
  );
  const broken = incompatibilities(JSON.parse(before.openapi), JSON.parse(await read('/openapi.json')));
  check('the contract takes and promises what the one before did', broken.length === 0, broken.slice(0, 5).join('; '));
}

/** After all upgrades the image before is still there, byte for byte, and serves as it did. */
async function checkRollback({ image, namespace, layout, exported, before, check }) {
  const { digest } = await exportImage(image, layout);
  const after = await serving({ image, namespace }, ({ read }) => stateOf(read));
  check(
    'rolled back: the former digest serves what it did',
    digest === exported.digest && after.server === before.server && after.penguins === before.penguins,
    digest,
  );
}

async function stateOf(read) {
  return {
    server: await read('/v1/server'),
    penguins: modelOf(await read('/v1/models/penguins')),
    openapi: await read('/openapi.json'),
  };
}

/** Which state of the model serves; its measured times differ from start to start. */
function modelOf(body) {
  const { version, digest } = JSON.parse(body);
  return `${version} ${digest}`;
}

/** Runs the image hardened for as long as `use` takes. */
async function serving({ image, namespace }, use) {
  const container = await startContainer({ name: 'upgraded', image, namespace, environment: { DRAIN_DELAY_MS: '0' } });
  try {
    await untilReady(namespace, HTTP);
    const files = `/proc/${await container.pid()}/root`;
    return await use({
      read: async (path) => (await ask(namespace, `${HTTP}${path}`)).body,
      hasFile: (path) => existsSync(join(files, path)),
    });
  } finally {
    await container.remove();
  }
}
