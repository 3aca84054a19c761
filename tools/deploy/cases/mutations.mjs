import { deploymentOf, ofKind, predictorOf } from '../checks/objects.mjs';

/** Values with every kind of object, which the mutations are made on. */
export const EVERYTHING = `
models: { source: uri, uri: { uris: ["s3://bucket/models"], s3: { region: eu-central-1, existingSecret: keys } } }
admin: { existingSecret: admin }
overrides: 'models: { penguins: { minScore: 0.6, otherwise: unknown } }'
autoscaling: { enabled: true, queueRows: 8 }
serviceMonitor: { enabled: true }
networkPolicy:
  ingressFrom: [{ namespaceSelector: {} }]
  egress: [{ ports: [{ protocol: TCP, port: 443 }] }]
gateway:
  http: { enabled: true, parentRefs: [{ name: g }], hostnames: [a.example] }
  grpc: { enabled: true, parentRefs: [{ name: g }], hostnames: [b.example] }
`;

const pod = (documents) => deploymentOf(documents).spec.template.spec;
const first = (documents, kind) => ofKind(documents, kind)[0];
const set = (documents, name, value) =>
  (predictorOf(documents).env.find((variable) => variable.name === name).value = value);
const mount = (documents, path) => predictorOf(documents).volumeMounts.find(({ mountPath }) => mountPath === path);

/** What a chart could get wrong: a change to sound documents, and what must be said of it. */
export const MUTATIONS = [
  ['a variable the image does not know', (d) => predictorOf(d).env.push({ name: 'MODEL', value: 'x' }), /knows no variable MODEL/],
  ['a setting the server refuses', (d) => set(d, 'DRAIN_DELAY_MS', '5e3'), /DRAIN_DELAY_MS/],
  ['a variable twice', (d) => predictorOf(d).env.push({ name: 'HOST', value: '::' }), /name twice/],
  ['a drain shorter than the values say', (d) => set(d, 'DRAIN_TIMEOUT_MS', '2000'), /the values say 20000/],
  ['another Secret', (d) => (predictorOf(d).env.find(({ name }) => name === 'ADMIN_TOKEN').valueFrom.secretKeyRef.name = 'x'), /ADMIN_TOKEN comes from/],
  ['other models', (d) => set(d, 'MODELS', 's3://bucket/other'), /MODELS is s3:\/\/bucket\/other/],
  ['another port of the Service', (d) => ofKind(d, 'Service').forEach(({ spec }) => (spec.ports[0].port = 81)), /port is 81/],
  ['a secret in the clear', (d) => predictorOf(d).env.push({ name: 'AWS_SESSION_TOKEN', value: 'x' }), /in the clear/],
  ['ports bound on loopback', (d) => set(d, 'HOST', '127.0.0.1'), /nobody can call/],
  ['a port that PORT is not', (d) => set(d, 'PORT', '8090'), /PORT is 8090/],
  ['two listeners on one port', (d) => set(d, 'ADMIN_PORT', '8080'), /one port/],
  ['the admin port published', (d) => predictorOf(d).ports.push({ name: 'admin', containerPort: 8082 }), /loopback/],
  ['a drain longer than the grace', (d) => set(d, 'DRAIN_TIMEOUT_MS', '22000'), /grace period/],
  ['a longer preStop', (d) => (predictorOf(d).lifecycle.preStop.sleep.seconds = 5), /grace period/],
  ['the wrong path of a probe', (d) => (predictorOf(d).readinessProbe.httpGet.path = '/livez'), /ready probe/],
  ['a probe of the gRPC port', (d) => (predictorOf(d).livenessProbe.httpGet.port = 'grpc'), /live probe/],
  ['a deadline before the start', (d) => (deploymentOf(d).spec.progressDeadlineSeconds = 300), /given up/],
  ['an update that takes pods away', (d) => (deploymentOf(d).spec.strategy.rollingUpdate.maxUnavailable = 1), /rolling update/],
  ['a command of a shell', (d) => (predictorOf(d).command = ['sh']), /without a command/],
  ['an image without a tag', (d) => (predictorOf(d).image = 'web-single'), /image web-single/],
  ['a writable root', (d) => (predictorOf(d).securityContext.readOnlyRootFilesystem = false), /write its root/],
  ['capabilities kept', (d) => (predictorOf(d).securityContext.capabilities.drop = []), /capabilities/],
  ['privileges gained', (d) => delete predictorOf(d).securityContext.allowPrivilegeEscalation, /gain privileges/],
  ['root in the test', (d) => (first(d, 'Pod').spec.securityContext.runAsNonRoot = false), /Pod .*root/],
  ['no profile of system calls', (d) => delete pod(d).securityContext.seccompProfile, /system calls/],
  ['a token for the API server', (d) => delete pod(d).automountServiceAccountToken, /token/],
  ['a folder of the node', (d) => pod(d).volumes.push({ name: 'temporary2', hostPath: { path: '/' } }), /not allowed/],
  ['nothing to write to', (d) => (mount(d, '/tmp').mountPath = '/temp'), /\/tmp cannot be written/],
  ['a cache nobody can write', (d) => (mount(d, '/cache').readOnly = true), /no folder/],
  ['a cache without bounds', (d) => delete pod(d).volumes.find(({ name }) => name === 'cache').emptyDir.sizeLimit, /no folder/],
  ['a source larger than the cache', (d) => set(d, 'MODEL_SOURCE_LIMIT_BYTES', String(4 * 2 ** 30)), /4294967296 bytes, its folder holds 2147483648/],
  ['sources without a bound', (d) => (predictorOf(d).env = predictorOf(d).env.filter(({ name }) => name !== 'MODEL_SOURCE_LIMIT_BYTES')), /undefined bytes, its folder/],
  ['a mount of nothing', (d) => (mount(d, '/cache').name = 'cash'), /cash/],
  ['models where none lie', (d) => set(d, 'MODELS', '/modles'), /nothing lies there/],
  ['a volume of models that nothing fills', (d) => (set(d, 'MODELS', '/mnt/models'), (mount(d, '/cache').mountPath = '/mnt/models'), (mount(d, '/mnt/models').readOnly = true)), /nothing fills/],
  ['a mount over the baked models', (d) => (mount(d, '/cache').mountPath = '/models'), /covered/],
  ['overrides that are not there', (d) => (first(d, 'ConfigMap').metadata.name = 'other'), /no overrides/],
  ['overrides under another name', (d) => (first(d, 'ConfigMap').data = { 'override.yaml': 'models: {}' }), /no overrides/],
  ['overrides that YAML 1.1 has read', (d) => (first(d, 'ConfigMap').data['overrides.yaml'] = 'models: { penguins: { minScore: 0.6, otherwise: false } }'), /not to the byte/],
  ['overrides that stand still', (d) => (mount(d, '/etc/web-single').subPath = 'overrides.yaml'), /not seen/],
  ['a selector of other pods', (d) => (deploymentOf(d).spec.selector.matchLabels.x = 'y'), /does not select/],
  ['a Service of other pods', (d) => (first(d, 'Service').spec.selector.x = 'y'), /selects no pod/],
  ['a Service that calls the test', (d) => ofKind(d, 'Service').forEach(({ spec }) => delete spec.selector['app.kubernetes.io/component']), /sends calls to Pod/],
  ['a target port there is not', (d) => (first(d, 'Service').spec.ports[0].targetPort = 'web'), /called web/],
  ['gRPC spoken as HTTP/1', (d) => ofKind(d, 'Service').forEach(({ spec }) => (spec.ports.at(-1).appProtocol = 'http')), /speaks http/],
  ['a headless port that differs', (d) => (d.find(({ spec }) => spec?.clusterIP === 'None').spec.ports[0].port = 80), /not the container's/],
  ['a monitor of both Services', (d) => delete first(d, 'ServiceMonitor').spec.selector.matchLabels['app.kubernetes.io/component'], /finds 2/],
  ['a monitor of a port there is not', (d) => (first(d, 'ServiceMonitor').spec.endpoints[0].port = 'metrics'), /asks port metrics/],
  ['a route to nothing', (d) => (first(d, 'HTTPRoute').spec.rules[0].backendRefs[0].port = 8080), /sends to/],
  ['a gRPC route to HTTP', (d) => (first(d, 'GRPCRoute').spec.rules[0].backendRefs[0].port = 80), /which is http/],
  ['routes of one host name', (d) => (first(d, 'GRPCRoute').spec.hostnames = ['a.example']), /share hosts: a\.example and a\.example/],
  ['routes whose host names meet', (d) => (first(d, 'GRPCRoute').spec.hostnames = ['*.example']), /share hosts: a\.example and \*\.example/],
  ['a route of every host', (d) => delete first(d, 'GRPCRoute').spec.hostnames, /share hosts: a\.example and \*/],
  ['a gateway twice', (d) => first(d, 'GRPCRoute').spec.parentRefs.push({ name: 'g', sectionName: 'a' }), /names a gateway several times/],
  ['a gRPC route without health', (d) => first(d, 'GRPCRoute').spec.rules[0].matches.pop(), /leaves out/],
  ['replicas beside an autoscaler', (d) => (deploymentOf(d).spec.replicas = 2), /number of pods/],
  ['an autoscaler of another Deployment', (d) => (first(d, 'HorizontalPodAutoscaler').spec.scaleTargetRef.name = 'x'), /scales Deployment x/],
  ['a metric kept at 0', (d) => (first(d, 'HorizontalPodAutoscaler').spec.metrics[1].pods.target.averageValue = '0'), /keeps 0 of a metric/],
  ['a metric there is not', (d) => (first(d, 'HorizontalPodAutoscaler').spec.metrics[1].pods.metric.name = 'queue'), /watches queue/],
  ['a percentage of nothing', (d) => delete predictorOf(d).resources, /no request/],
  ['a budget that blocks', (d) => (first(d, 'PodDisruptionBudget').spec.maxUnavailable = 0), /hold up a drain/],
  ['a budget of other pods', (d) => (first(d, 'PodDisruptionBudget').spec.selector.matchLabels.x = 'y'), /budget selects/],
  ['spreading by other pods', (d) => (pod(d).topologySpreadConstraints[0].labelSelector.matchLabels.x = 'y'), /counts other/],
  ['a policy of other ports', (d) => first(d, 'NetworkPolicy').spec.ingress[0].ports.pop(), /policy opens 8080,/],
  ['a policy that lets nothing out', (d) => (first(d, 'NetworkPolicy').spec.egress = []), /nothing out/],
  ['a policy without DNS', (d) => (first(d, 'NetworkPolicy').spec.egress[0].ports = [{ protocol: 'TCP', port: 443 }]), /looked up/],
  ['a policy that keeps the test out', (d) => first(d, 'NetworkPolicy').spec.ingress[0].from.pop(), /test out/],
  ['an object in another namespace', (d) => (first(d, 'Service').metadata.namespace = 'default'), /namespace default/],
  ['a name of 64 characters', (d) => (first(d, 'Service').metadata.name = 'a'.repeat(64)), /not a name/],
  ['a name that begins with a digit', (d) => (first(d, 'Service').metadata.name = '1a'), /not a name/],
  ['a label that is a number', (d) => (first(d, 'Service').metadata.labels.x = 1), /label x/],
  ['an object twice', (d) => d.push(first(d, 'Service')), /there twice/],
]; // prettier-ignore
