import { checkAdapterRule } from '../checks/check-adapter-rule.mjs';
import { checkApp } from '../checks/check-azure.mjs';
import { checkService } from '../checks/check-cloud-run.mjs';
import { checkDockerfile } from '../checks/check-contract.mjs';
import { checkTask } from '../checks/check-ecs.mjs';
import { checkRuntimeAndServices } from '../checks/check-kserve.mjs';
import { descriptor } from './descriptors.mjs';

const cloudRun = (kind, mutate) => {
  const service = descriptor(`cloud/cloud-run/service-${kind}.yaml`);
  mutate(service.spec.template.spec.containers[0], service);
  return checkService(service, kind);
};
const ecs = (mutate) => {
  const [task, service, groups] = ['task-definition', 'service', 'target-groups'].map((name) =>
    descriptor(`cloud/ecs-fargate/${name}.json`),
  );
  mutate(task.containerDefinitions[0], { task, service, groups });
  return checkTask(task, service, groups);
};
const azure = (kind, mutate) => {
  const app = descriptor(`cloud/azure-container-apps/container-app-${kind}.yaml`);
  mutate(app.properties.template.containers[0], app.properties);
  return checkApp(app, kind);
};
const kserve = (mutate) => {
  const runtime = descriptor('kserve/serving-runtime.yaml');
  const services = ['rest', 'grpc', 'image'].map((kind) => descriptor(`kserve/inference-service-${kind}.yaml`));
  mutate(runtime.spec, services);
  return checkRuntimeAndServices(runtime, services);
};
const adapter = (mutate) => {
  const values = descriptor('helm/prometheus-adapter-values.yaml');
  mutate(values.rules.custom[0]);
  return checkAdapterRule(values);
};
const set = ({ env = [], environment = env }, name, value) =>
  (environment.find((variable) => variable.name === name).value = value);

const DOCKERFILE = `FROM base AS runtime
ENV HOST=0.0.0.0 PORT=8080 GRPC_PORT=8081 ADMIN_PORT=8082 MODELS=/models DRAIN_DELAY_MS=5000 \\
    MODEL_CACHE=/cache GRPC_REFLECTION="false" ORT_DISABLE_TELEMETRY=1 MALLOC_ARENA_MAX=1 \\
    MALLOC_TRIM_THRESHOLD_=131072 NODE_OPTIONS=--max-semi-space-size=8
USER 65532:65532
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
ENTRYPOINT ["/nodejs/bin/node", "dist/cli.js"]
CMD ["serve"]
`;
const dockerfile = (from, to) => checkDockerfile(DOCKERFILE.replace(from, to));

/** What descriptors could get wrong: the problems of one that does, and what must be said. */
export const PLATFORM_MUTATIONS = [
  ['Cloud Run: PORT set', () => cloudRun('rest', (c) => c.env.push({ name: 'PORT', value: '8080' })), /PORT may not be set/],
  ['Cloud Run: a drain longer than 10 s', () => cloudRun('rest', (c) => set(c, 'DRAIN_TIMEOUT_MS', '9500')), /grace period is 10/],
  ['Cloud Run: gRPC on a port called http1', () => cloudRun('grpc', (c) => (c.ports[0].name = 'http1')), /called http1/],
  ['Cloud Run: gRPC where nothing listens', () => cloudRun('grpc', (c) => set(c, 'GRPC_PORT', '8083')), /nothing listens on 8081/],
  ['Cloud Run: both on PORT', () => cloudRun('grpc', (c) => delete c.args), /one port/],
  ['Cloud Run: a probe over HTTP of a gRPC port', () => cloudRun('grpc', (c) => (c.livenessProbe = { ...c.livenessProbe, grpc: undefined, httpGet: { path: '/livez', port: 8080 } })), /live probe/],
  ['Cloud Run: a start that takes too long', () => cloudRun('rest', (c) => (c.startupProbe.failureThreshold = 25)), /240 s/],
  ['Cloud Run: a misspelt annotation', () => cloudRun('rest', (_c, s) => (s.metadata.annotations['run.googleapis.com/ingres'] = 'all')), /ingres:/],
  ['ECS: a drain longer than stopTimeout', () => ecs((c) => (c.stopTimeout = 25)), /grace period is 25/],
  ['ECS: a stopTimeout there is not', () => ecs((c) => (c.stopTimeout = 121)), /120 s/],
  ['ECS: a variable there is not', () => ecs((c) => c.environment.push({ name: 'DRAIN', value: '1' })), /no variable DRAIN/],
  ['ECS: a health check of a shell', () => ecs((c) => (c.healthCheck.command = ['CMD-SHELL', 'curl localhost'])), /no shell/],
  ['ECS: a port without a target group', () => ecs((_c, { service }) => (service.loadBalancers[0].containerPort = 80)), /no target group/],
  ['ECS: memory there is not', () => ecs((_c, { task }) => (task.memory = '1024')), /no 1024 MiB/],
  ['ECS: gRPC asked over HTTP', () => ecs((_c, { groups }) => (groups[1].HealthCheckPath = '/readyz')), /GRPC target group/],
  ['ECS: a writable root', () => ecs((c) => (c.readonlyRootFilesystem = false)), /root can be written/],
  ['ECS: nothing to write to', () => ecs((c) => (c.linuxParameters.tmpfs[0].containerPath = '/temp')), /\/tmp cannot/],
  ['Azure: gRPC through HTTP/1', () => azure('grpc', (_c, p) => (p.configuration.ingress.transport = 'http')), /speaks http/],
  ['Azure: an ingress to nothing', () => azure('rest', (_c, p) => (p.configuration.ingress.targetPort = 80)), /nothing listens on 80/],
  ['Azure: eleven failures', () => azure('rest', (c) => (c.probes[0].failureThreshold = 11)), /beyond/],
  ['Azure: memory there is not', () => azure('rest', (c) => (c.resources.memory = '1Gi')), /2 Gi for each CPU/],
  ['Azure: a drain that is cut off', () => azure('rest', (_c, p) => (p.template.terminationGracePeriodSeconds = 20)), /grace period is 20/],
  ['KServe: a container under another name', () => kserve((s) => (s.containers[0].name = 'predictor')), /kserve-container/],
  ['KServe: a model under another name', () => kserve((s) => s.containers[0].args.pop()), /arguments/],
  ['KServe: another port for gRPC', () => kserve((s) => set(s.containers[0], 'GRPC_PORT', '8081')), /9000/],
  ['KServe: a runtime there is not', () => kserve((_s, [rest]) => (rest.spec.predictor.model.runtime = 'triton')), /no runtime triton/],
  ['KServe: gRPC without its port', () => kserve((_s, [, grpc]) => delete grpc.spec.predictor.model.ports), /ports/],
  ['KServe: a drain that is cut off', () => kserve((_s, [rest]) => (rest.spec.predictor.terminationGracePeriodSeconds = 10)), /grace period is 10/],
  ['KServe: not restricted', () => kserve((s) => (s.containers[0].securityContext.capabilities.drop = [])), /not restricted/],
  ['adapter: another metric', () => adapter((r) => (r.name.as = 'queue')), /makes queue/],
  ['adapter: a misspelt key', () => adapter((r) => (r.seriesQery = '')), /no seriesQery/],
  ['adapter: not per pod', () => adapter((r) => (r.resources.overrides.pod.resource = 'service')), /not per pod/],
  ['Dockerfile: another port', () => dockerfile('PORT=8080', 'PORT=3000'), /PORT is 3000/],
  ['Dockerfile: a variable left out', () => dockerfile('ORT_DISABLE_TELEMETRY=1', ''), /ORT_DISABLE_TELEMETRY is undefined/],
  ['Dockerfile: root', () => dockerfile('USER 65532:65532\n', ''), /no USER/],
  ['Dockerfile: a signal that kills', () => dockerfile('SIGTERM', 'SIGKILL'), /STOPSIGNAL/],
  ['Dockerfile: gRPC not exposed', () => dockerfile('EXPOSE 8080 8081', 'EXPOSE 8080'), /8081 is not exposed/],
  ['Dockerfile: nothing served', () => dockerfile('["serve"]', '["inspect"]'), /CMD/],
]; // prettier-ignore

/** What a Dockerfile that keeps the contract is told: nothing. */
export const soundDockerfileProblems = () => checkDockerfile(DOCKERFILE);
