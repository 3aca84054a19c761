import { descriptor } from '../cases/descriptors.mjs';
import { checkServer } from './check-server.mjs';
import { collector, contract, variables } from './objects.mjs';

const services = ['rest', 'grpc', 'image'];

/** KServe's runtime and services: container's name, ports, model's folder and name as KServe gives them. */
export const checkKserve = () =>
  checkRuntimeAndServices(
    descriptor('kserve/serving-runtime.yaml'),
    services.map((kind) => descriptor(`kserve/inference-service-${kind}.yaml`)),
  );

export function checkRuntimeAndServices(runtime, inferenceServices) {
  return [
    runtimeProblems(runtime.spec),
    ...inferenceServices.map((service) => serviceProblems(service, runtime)),
  ].flat();
}

function runtimeProblems({ annotations, containers: [container], supportedModelFormats }) {
  const { problems, unless } = collector();
  const { PORT, GRPC_PORT } = variables(container);
  unless(annotations['prometheus.kserve.io/port'] === PORT, 'KServe: metrics are asked on another port');
  unless(annotations['prometheus.kserve.io/path'] === contract.metrics.path, 'KServe: metrics are asked elsewhere');
  const wanted = `${contract.command[0]} ${contract.paths.mountedModels} --name {{.Name}}`;
  unless(container.args.join(' ') === wanted, `KServe: arguments ${container.args}`);
  unless(GRPC_PORT === '9000', 'KServe: its port for gRPC is 9000');
  for (const { name, priority } of supportedModelFormats)
    unless(name !== 'onnx' || priority > 1, 'KServe: its own runtime for ONNX goes before ours');
  return problems;
}

function serviceProblems({ metadata, spec: { predictor } }, runtime) {
  const { problems, unless } = collector();
  const owner = `KServe, ${metadata.name}`;
  const { containers, volumes } = predictor.containers === undefined ? runtime.spec : predictor;
  const graceSeconds = predictor.terminationGracePeriodSeconds;
  problems.push(...containerProblems(containers[0], { volumes, graceSeconds, owner }));
  if (predictor.model === undefined) return problems;
  const { runtime: named, modelFormat, protocolVersion, ports = [] } = predictor.model;
  unless(named === runtime.metadata.name, `${owner}: no runtime ${named}`);
  unless(
    runtime.spec.supportedModelFormats.some(({ name }) => name === modelFormat.name),
    `${owner}: no format ${modelFormat.name}`,
  );
  unless(runtime.spec.protocolVersions.includes(protocolVersion), `${owner}: no protocol ${protocolVersion}`);
  const wanted = protocolVersion === 'grpc-v2' ? 9000 : undefined;
  unless(ports[0]?.containerPort === wanted, `${owner}: ports ${JSON.stringify(ports)}`);
  return problems;
}

function containerProblems(container, { volumes, graceSeconds, owner }) {
  const { problems, unless } = collector();
  unless(container.name === 'kserve-container', `${owner}: KServe looks for kserve-container`);
  const env = variables(container);
  problems.push(...checkServer({ env, graceSeconds }, owner));
  const probes = { startup: container.startupProbe, live: container.livenessProbe, ready: container.readinessProbe };
  for (const [kind, path] of Object.entries(contract.probes))
    unless(
      probes[kind]?.httpGet.path === path &&
        String(probes[kind].httpGet.port) === (env.PORT ?? contract.environment.PORT),
      `${owner}: the ${kind} probe`,
    );
  const { securityContext: security } = container;
  unless(
    security.runAsNonRoot &&
      security.readOnlyRootFilesystem &&
      security.allowPrivilegeEscalation === false &&
      security.capabilities.drop.includes('ALL'),
    `${owner}: is not restricted`,
  );
  const mount = container.volumeMounts.find(({ mountPath }) => mountPath === contract.paths.temporary);
  unless(
    volumes.some(({ name, emptyDir }) => name === mount?.name && emptyDir !== undefined),
    `${owner}: ${contract.paths.temporary} cannot be written`,
  );
  return problems;
}
