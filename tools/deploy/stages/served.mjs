import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { projectEnvironment, projectNode, root } from '../../workspace/setup.mjs';
import { descriptor } from '../cases/descriptors.mjs';
import { contract, deploymentOf, ofKind, predictorOf, variables } from '../checks/objects.mjs';
import { render } from '../tools/render.mjs';

/**
 * The built server, started as the chart starts it: with the environment that is rendered (ports that are free, the workspace's
 * models), asked by the rendered probes and the script of `helm test`, ended by SIGTERM within the rendered grace period.
 */
export async function servedStage(report) {
  const [http, grpc] = await freePorts(2);
  const { documents } = await render(`
ports: { http: ${http}, grpc: ${grpc}, admin: 1024 }
settings: { LOG_LEVEL: error }
overrides: |
  models:
    penguins: { minScore: 0.01, otherwise: unknown, labels: { Adelie: No, Chinstrap: 1_000, Gentoo: é } }
`);
  const server = start(documents);
  try {
    await askAll(report, { server, documents, http });
    report.add('the drain ends within the rendered grace period', await drain(server, { documents, http }));
  } finally {
    server.process.kill('SIGKILL');
  }
  const withoutServer = await ecsHealth(http);
  report.add('the health check of ECS fails without a server', withoutServer.length > 0 ? [] : ['it passed']);
}

function start(documents) {
  const elsewhere = { HOST: '127.0.0.1', MODELS: join(root, 'models'), OVERRIDES: writeOverrides(documents) };
  const process = spawn(projectNode(), [join(root, 'apps/predictor/dist/cli.js'), ...contract.command], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...projectEnvironment(), ...contract.environment, ...variables(predictorOf(documents)), ...elsewhere },
  });
  const ended = new Promise((resolve) => process.on('exit', (code, signal) => resolve(code ?? signal)));
  let output = '';
  process.stderr.on('data', (chunk) => (output += chunk));
  return { process, ended, output: () => output };
}

async function askAll(report, { server, documents, http }) {
  const waitsMs = { startupProbe: 60_000, livenessProbe: 10_000, readinessProbe: 10_000 };
  for (const [kind, waitMs] of Object.entries(waitsMs)) {
    const succeeds = await answers(http, predictorOf(documents)[kind], waitMs);
    report.add(`the rendered ${kind} succeeds`, succeeds ? [] : [server.output()]);
  }
  const { overrides } = await (await fetch(`http://127.0.0.1:${http}/v1/server`)).json();
  const areInForce = overrides?.models?.includes('penguins') === true;
  report.add('the rendered overrides are in force', areInForce ? [] : [JSON.stringify(overrides)]);
  const { signature } = await (await fetch(`http://127.0.0.1:${http}/v1/models/penguins`)).json();
  const labels = JSON.stringify(signature.output.label.values);
  report.add('labels mean to the server what was written', labels === '["No","1_000","é","unknown"]' ? [] : [labels]);
  report.add('the script of helm test succeeds', await helmTest(documents, http));
  report.add('the health check of ECS passes', await ecsHealth(http));
}

/** The file that the ConfigMap makes. */
function writeOverrides(documents) {
  const path = join(root, 'tmp/deploy', contract.paths.overrides.split('/').at(-1));
  writeFileSync(path, ofKind(documents, 'ConfigMap')[0].data['overrides.yaml']);
  return path;
}

async function drain({ process, ended }, { documents, http }) {
  const { terminationGracePeriodSeconds } = deploymentOf(documents).spec.template.spec;
  const { preStop } = predictorOf(documents).lifecycle;
  const startMs = performance.now();
  process.kill('SIGTERM');
  const refused = await answers(http, predictorOf(documents).readinessProbe, 3000, 503);
  const alive = await answers(http, predictorOf(documents).livenessProbe, 1);
  const code = await ended;
  const tookSeconds = (performance.now() - startMs) / 1000 + preStop.sleep.seconds;
  return [
    ...(refused ? [] : ['still ready after SIGTERM']),
    ...(alive ? [] : ['takes no calls while endpoints are removed']),
    ...(code === 0 ? [] : [`ended with ${code}`]),
    ...(tookSeconds <= terminationGracePeriodSeconds ? [] : [`took ${tookSeconds} s`]),
  ];
}

/** True once the probe's path answers with `status` on `port`, asked again for `forMs`. */
async function answers(port, probe, forMs, status = 200) {
  const endMs = performance.now() + forMs;
  do {
    const response = await fetch(`http://127.0.0.1:${port}${probe.httpGet.path}`, {
      signal: AbortSignal.timeout(5000),
    }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.status === status) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (performance.now() < endMs);
  return false;
}

/** Runs what the test's pod runs. */
function helmTest(documents, http) {
  const [container] = ofKind(documents, 'Pod')[0].spec.containers;
  return runNode(container.command, { SERVICE_URL: `http://127.0.0.1:${http}` });
}

/** Runs what ECS runs in the container, against this server's port. */
function ecsHealth(http) {
  const { healthCheck } = descriptor('cloud/ecs-fargate/task-definition.json').containerDefinitions[0];
  return runNode(
    healthCheck.command.slice(1).map((part) => part.replace(':8080/', `:${http}/`)),
    {},
  );
}

/** Problems of a command of the image; its first word is Node there. */
function runNode([node, ...args], env) {
  if (node !== contract.node) return [`the command runs ${node}, the image has ${contract.node}`];
  const child = spawn(projectNode(), args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) =>
    child.on('exit', (code) => resolve(code === 0 ? [] : [`ended with ${code}`, output])),
  );
}

/** Held open together, so that none is given twice. */
async function freePorts(count) {
  const listeners = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve) => {
          const listener = createServer().listen(0, '127.0.0.1', () => resolve(listener));
        }),
    ),
  );
  const ports = listeners.map((listener) => listener.address().port);
  await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
  return ports;
}
