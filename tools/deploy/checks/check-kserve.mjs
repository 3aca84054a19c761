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

export function checkRuntimeAndServices({ metadata, spec }, inferenceServices) {
  const { problems, unless } = collector();
  const [container] = spec.containers;
  unless(
    spec.annotations['prometheus.kserve.io/port'] === variables(container).PORT,
    'KServe: metrics are asked on another port',
  );
  unless(
    spec.annotations['prometheus.kserve.io/path'] === contract.metrics.path,
    'KServe: metrics are asked elsewhere',
  );
  unless(
    container.args.join(' ') === `${contract.command[0]} ${contract.paths.mountedModels} --name {{.Name}}`,
    `KServe: arguments ${container.args}`,
  );
  unless(variables(container).GRPC_PORT === '9000', 'KServe: its port for gRPC is 9000');
  for (const format of spec.supportedModelFormats)
    unless(format.name !== 'onnx' || format.priority > 1, 'KServe: its own runtime for ONNX goes before ours');
  for (const {
    metadata: own,
    spec: { predictor },
  } of inferenceServices) {
    const runs = predictor.containers?.[0] ?? container;
    const volumes = predictor.containers === undefined ? spec.volumes : predictor.volumes;
    problems.push(
      ...containerProblems(runs, {
        volumes,
        graceSeconds: predictor.terminationGracePeriodSeconds,
        owner: `KServe, ${own.name}`,
      }),
    );
    if (predictor.model === undefined) continue;
    const { runtime, modelFormat, protocolVersion, ports = [] } = predictor.model;
    unless(runtime === metadata.name, `KServe, ${own.name}: no runtime ${runtime}`);
    unless(
      spec.supportedModelFormats.some(({ name }) => name === modelFormat.name),
      `KServe, ${own.name}: no format ${modelFormat.name}`,
    );
    unless(spec.protocolVersions.includes(protocolVersion), `KServe, ${own.name}: no protocol ${protocolVersion}`);
    const wanted = protocolVersion === 'grpc-v2' ? '9000' : undefined;
    unless(
      ports.map(({ containerPort }) => String(containerPort))[0] === wanted,
      `KServe, ${own.name}: ports ${JSON.stringify(ports)}`,
    );
  }
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
