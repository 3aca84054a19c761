import { descriptor } from '../cases/descriptors.mjs';
import { checkServer } from './check-server.mjs';
import { collector, contract, variables } from './objects.mjs';

/** Azure Container Apps: one ingress, in the protocol that it is told; probes over HTTP on any port. */
export const checkAzure = () =>
  ['rest', 'grpc'].flatMap((kind) =>
    checkApp(descriptor(`cloud/azure-container-apps/container-app-${kind}.yaml`), kind),
  );

export function checkApp({ properties: { configuration, template } }, kind) {
  const { problems, unless } = collector();
  const owner = `Azure, ${kind}`;
  const [container] = template.containers;
  const env = variables(container);
  problems.push(...checkServer({ env, graceSeconds: template.terminationGracePeriodSeconds }, owner));
  unless(template.terminationGracePeriodSeconds <= 600, `${owner}: killed after 600 s at the latest`);
  const { targetPort, transport } = configuration.ingress;
  const environment = { ...contract.environment, ...env };
  unless(transport === (kind === 'grpc' ? 'http2' : 'http'), `${owner}: the ingress speaks ${transport}`);
  unless(
    environment[kind === 'grpc' ? 'GRPC_PORT' : 'PORT'] === String(targetPort),
    `${owner}: nothing listens on ${targetPort}`,
  );
  const types = { Startup: 'startup', Liveness: 'live', Readiness: 'ready' };
  unless(container.probes.length === 3, `${owner}: not three probes`);
  for (const { type, httpGet, failureThreshold, periodSeconds, initialDelaySeconds = 1 } of container.probes) {
    unless(httpGet?.path === contract.probes[types[type]], `${owner}: the ${type} probe asks ${httpGet?.path}`);
    unless(String(httpGet?.port) === environment.PORT, `${owner}: the ${type} probe asks port ${httpGet?.port}`);
    unless(
      failureThreshold <= 10 && periodSeconds <= 240 && initialDelaySeconds <= 60,
      `${owner}: the ${type} probe is beyond the platform's limits`,
    );
  }
  const { cpu, memory } = container.resources;
  unless(memory === `${cpu * 2}Gi`, `${owner}: the consumption plan has 2 Gi for each CPU, not ${memory} for ${cpu}`);
  const mounted = container.volumeMounts.find(({ mountPath }) => mountPath === contract.paths.temporary);
  unless(
    template.volumes.some(({ name, storageType }) => name === mounted?.volumeName && storageType === 'EmptyDir'),
    `${owner}: ${contract.paths.temporary} cannot be written`,
  );
  return problems;
}
