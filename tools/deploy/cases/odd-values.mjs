import fc from 'fast-check';

const odd = fc.oneof(
  fc.constantFrom('', ' ', '0123', '1e3', 'on', 'no', '~', 'null', '{{ .Values }}', '{{', '"', "'", '\\', 'a: b', '- a', '#', '*x', '&x', '!!str', '%', '@', '`', 'é', '日本', '🚀', '\u0000', '\u0007', '\n', 'a\nb: c', '$(HOST)', '${HOST}', '..', '../..', 'A'.repeat(300), '-a', 'a-', '.a', 'a.', 'a b', 'TRUE', '0x10', '1_000', '.inf', '.nan', '2026-11-25'),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
); // prettier-ignore
const number = fc.oneof(
  fc.constantFrom(0, -1, 1, 0.5, 1e3, 1e21, 8080, 8081, 65535, 65536, 2 ** 31, 2 ** 53),
  fc.integer(),
);
const any = fc.oneof(odd, number, fc.boolean(), fc.constant(null), fc.constant([]), fc.constant({}));
const name = fc.oneof({ weight: 9, arbitrary: fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,90}[a-z0-9])?$/) }, odd);
const text = fc.oneof({ weight: 9, arbitrary: fc.stringMatching(/^[A-Za-z]([A-Za-z0-9._-]{0,40}[A-Za-z0-9])?$/) }, odd);
const flag = fc.oneof({ weight: 20, arbitrary: fc.boolean() }, any);
const small = fc.oneof({ weight: 12, arbitrary: fc.nat(12) }, number);
const port = fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 8000, max: 8090 }) }, number);
const some = (record) => fc.record(record, { requiredKeys: [] });
const list = (item) => fc.array(item, { maxLength: 3 });
const labels = fc.dictionary(text, fc.oneof({ weight: 9, arbitrary: text }, any), { maxKeys: 3 });
const variable = some({ name: fc.oneof(fc.constantFrom('A', 'PORT', 'LOG_LEVEL'), odd), value: fc.oneof(odd, any) });

/** Values as users could write them: mostly of the right kind, with odd contents. */
const VALUES = some({
  nameOverride: name,
  fullnameOverride: name,
  commonLabels: labels,
  commonAnnotations: labels,
  podLabels: labels,
  podAnnotations: labels,
  nodeSelector: labels,
  image: some({ repository: text, tag: text, digest: text, pullSecrets: list(name) }),
  models: some({
    source: fc.constantFrom('image', 'uri', 'volume', 'git'),
    only: list(text),
    default: text,
    uri: some({
      uris: list(fc.oneof(fc.webUrl(), odd)),
      limitBytes: number,
      cacheSizeLimit: fc.oneof(fc.constantFrom('1Gi', '512Mi'), any),
    }),
    volume: some({
      claim: name,
      subPath: text,
      copy: some({ repository: text, tag: text, command: list(odd), env: list(variable) }),
    }),
  }),
  overrides: fc.oneof(
    fc
      .dictionary(odd, fc.dictionary(odd, any, { maxKeys: 2 }), { maxKeys: 3 })
      .map((models) => JSON.stringify({ models })),
    any,
  ),
  settings: some({ LOG_LEVEL: any, JSON_LIMIT_BYTES: number, CORS_ORIGINS: odd, MAX_WAIT_MS: any }),
  extraEnv: list(variable),
  ports: some({ http: port, grpc: port, admin: port }),
  grpc: some({ enabled: flag }),
  admin: some({ existingSecret: name, key: text }),
  service: some({
    type: fc.constantFrom('ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
    httpPort: port,
    grpcPort: port,
    headless: flag,
    annotations: labels,
  }),
  replicas: small,
  autoscaling: some({
    enabled: flag,
    minReplicas: small,
    maxReplicas: small,
    cpuUtilization: small,
    queueRows: number,
  }),
  podDisruptionBudget: some({
    enabled: flag,
    maxUnavailable: fc.oneof(small, fc.constantFrom('10%', '0%', '100%'), any),
  }),
  drain: some({ preStopSeconds: small, delaySeconds: small, timeoutSeconds: small }),
  terminationGracePeriodSeconds: fc.oneof(fc.integer({ min: 20, max: 60 }), number),
  probes: some({ startup: some({ periodSeconds: small, failureThreshold: number }) }),
  resources: some({ requests: some({ cpu: any, memory: any }), limits: some({ cpu: any, memory: any }) }),
  serviceAccount: some({ create: flag, name, annotations: labels }),
  networkPolicy: some({ enabled: flag, ingressFrom: list(any), egress: list(any) }),
  serviceMonitor: some({ enabled: flag, labels }),
  gateway: some({
    http: some({ enabled: flag, parentRefs: list(some({ name })), hostnames: list(name), paths: list(text) }),
    grpc: some({ enabled: flag, hostnames: list(name) }),
  }),
  topologySpread: some({ topologyKeys: list(text) }),
  tolerations: list(some({ key: text, operator: text, value: any })),
  priorityClassName: name,
});

const RELEASE = fc
  .stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?(\.[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?)?$/)
  .filter((text) => text.length <= 53);

/** At most two of the values at a time: more would nearly always be refused for one of them. */
const few = (values) =>
  fc
    .shuffledSubarray(Object.keys(values), { minLength: 1, maxLength: Math.min(2, Object.keys(values).length) })
    .map((keys) => Object.fromEntries(keys.map((key) => [key, values[key]])));

/** `count` sets of odd values with a release's name, the same for the same seed. */
export function oddValues(count, seed) {
  const values = VALUES.filter((all) => Object.keys(all).length > 0).chain(few);
  return fc.sample(fc.record({ values, release: RELEASE }), { numRuns: count, seed });
}
