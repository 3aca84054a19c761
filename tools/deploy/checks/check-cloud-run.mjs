import { descriptor } from '../cases/descriptors.mjs';
import { checkServer } from './check-server.mjs';
import { collector, contract, variables } from './objects.mjs';

/** Seconds from SIGTERM to SIGKILL. */
const GRACE_SECONDS = 10;
/** Longest that a start may take: period x failures of the startup probe. */
const START_SECONDS = 240;
const RESERVED = ['PORT', 'K_SERVICE', 'K_REVISION', 'K_CONFIGURATION'];
const ANNOTATIONS = {
  'run.googleapis.com/ingress': /^(all|internal|internal-and-cloud-load-balancing)$/,
  'run.googleapis.com/execution-environment': /^gen2$/,
  'run.googleapis.com/startup-cpu-boost': /^(true|false)$/,
  'run.googleapis.com/cpu-throttling': /^(true|false)$/,
  'autoscaling.knative.dev/minScale': /^\d+$/,
  'autoscaling.knative.dev/maxScale': /^\d+$/,
};

/** Cloud Run: one port, named by its protocol; the platform's limits; the server behind that port. */
export function checkCloudRun() {
  return ['rest', 'grpc'].flatMap((kind) => checkService(descriptor(`cloud/cloud-run/service-${kind}.yaml`), kind));
}

export function checkService(service, kind) {
  const { problems, unless } = collector();
  const owner = `Cloud Run, ${kind}`;
  const [container, ...others] = service.spec.template.spec.containers;
  unless(others.length === 0 && container.ports.length === 1, `${owner}: not one port`);
  const [{ name, containerPort }] = container.ports;
  unless(name === (kind === 'grpc' ? 'h2c' : 'http1'), `${owner}: the port is called ${name}`);
  const own = variables(container);
  for (const reserved of RESERVED) unless(own[reserved] === undefined, `${owner}: ${reserved} may not be set`);
  // What runs: PORT as the platform sets it, unless an argument goes before it.
  const argument = container.args?.[container.args.indexOf('--port') + 1];
  const env = { PORT: String(containerPort), ...own, ...(container.args === undefined ? {} : { PORT: argument }) };
  problems.push(...checkServer({ env, graceSeconds: GRACE_SECONDS }, owner));
  unless(
    container.args === undefined || container.args[0] === contract.command[0],
    `${owner}: arguments ${container.args}`,
  );
  unless(
    env[kind === 'grpc' ? 'GRPC_PORT' : 'PORT'] === String(containerPort),
    `${owner}: nothing listens on ${containerPort}`,
  );
  for (const [key, value] of Object.entries({
    ...service.metadata.annotations,
    ...service.spec.template.metadata.annotations,
  }))
    unless(ANNOTATIONS[key]?.test(value), `${owner}: annotation ${key}: ${value}`);
  return [...problems, ...probeProblems(container, kind, owner)];
}

function probeProblems(container, kind, owner) {
  const { problems, unless } = collector();
  const probes = { startup: container.startupProbe, live: container.livenessProbe, ready: container.readinessProbe };
  for (const [name, probe] of Object.entries(probes).filter(([, probe]) => probe !== undefined)) {
    const sound =
      kind === 'grpc'
        ? ['', contract.grpc.service, undefined].includes(probe.grpc?.service)
        : probe.httpGet?.path === contract.probes[name];
    unless(sound, `${owner}: ${name} probe asks the wrong thing`);
    unless(
      (probe.grpc ?? probe.httpGet)?.port === container.ports[0].containerPort,
      `${owner}: ${name} probe asks another port than the service's`,
    );
    unless(probe.timeoutSeconds < probe.periodSeconds, `${owner}: ${name} probe waits longer than its period`);
  }
  unless(
    probes.startup.periodSeconds * probes.startup.failureThreshold <= START_SECONDS,
    `${owner}: a start may take ${START_SECONDS} s`,
  );
  return problems;
}
