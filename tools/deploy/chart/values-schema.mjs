import { models } from './model-values.mjs';
import { networkValues } from './network-values.mjs';
import {
  annotations,
  digest,
  flag,
  key,
  kubernetes,
  labels,
  list,
  longName,
  matching,
  object,
  objectName,
  orEmpty,
  pullPolicy,
  relativePath,
  repository,
  resources,
  seconds,
  serviceAccountName,
  size,
  tag,
  text,
  whole,
  words,
} from './schema-words.mjs';

/** Kubernetes' own structures that values are written in. */
export const KUBERNETES_VALUES = [
  'io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior',
  'io.k8s.api.core.v1.Affinity',
  'io.k8s.api.core.v1.Container',
  'io.k8s.api.core.v1.EnvFromSource',
  'io.k8s.api.core.v1.EnvVar',
  'io.k8s.api.core.v1.HostAlias',
  'io.k8s.api.core.v1.Toleration',
  'io.k8s.api.core.v1.Volume',
  'io.k8s.api.core.v1.VolumeMount',
  'io.k8s.api.networking.v1.NetworkPolicyEgressRule',
  'io.k8s.api.networking.v1.NetworkPolicyPeer',
];

/** Settings that other values of the chart set, and so not `settings`. */
export const CHART_SETTINGS = [
  'HOST', 'PORT', 'GRPC_PORT', 'ADMIN_HOST', 'ADMIN_PORT', 'ADMIN_TOKEN', 'MODELS', 'DEFAULT_MODEL', 'DRAIN_DELAY_MS', 'DRAIN_TIMEOUT_MS', 'MODEL_CACHE', 'MODEL_SOURCE_HOSTS', 'MODEL_SOURCE_LIMIT_BYTES', 'OVERRIDES',
]; // prettier-ignore

const core = (name) => kubernetes(`io.k8s.api.core.v1.${name}`);
const probe = object({
  periodSeconds: seconds(1, 3600),
  failureThreshold: whole(1, 10_000),
  timeoutSeconds: seconds(1, 3600),
});
const id = { type: ['integer', 'null'], minimum: 1, maximum: 2 ** 31 - 1 };

const autoscaling = object({
  enabled: flag,
  minReplicas: whole(1, 1000),
  maxReplicas: whole(1, 1000),
  cpuUtilization: whole(0, 1000),
  queueRows: whole(0, 1_000_000),
  behavior: kubernetes('io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior'),
});

const runValues = {
  replicas: whole(0, 1000),
  autoscaling,
  podDisruptionBudget: object({
    enabled: flag,
    maxUnavailable: { anyOf: [whole(1, 1000), matching('^([1-9][0-9]?|100)%$')] },
  }),
  drain: object({
    preStopSeconds: seconds(0, 600),
    delaySeconds: seconds(0, 60),
    timeoutSeconds: seconds(0, 600),
    marginSeconds: seconds(1, 600),
  }),
  terminationGracePeriodSeconds: seconds(1),
  probes: object({ startup: probe, live: probe, ready: probe }),
  resources,
  temporarySizeLimit: size,
  security: object(
    {
      runAsUser: id,
      runAsGroup: id,
      fsGroup: id,
      seccompProfile: words('RuntimeDefault', 'Localhost'),
      seccompLocalhostProfile: orEmpty(relativePath),
    },
    { optional: ['runAsUser', 'runAsGroup', 'fsGroup'] },
  ),
  serviceAccount: object({ create: flag, name: orEmpty(serviceAccountName), annotations, automountToken: flag }),
};

const podValues = {
  topologySpread: object({
    topologyKeys: list(key, { uniqueItems: true }),
    whenUnsatisfiable: words('ScheduleAnyway', 'DoNotSchedule'),
    maxSkew: whole(1, 1000),
  }),
  podLabels: labels,
  podAnnotations: annotations,
  deploymentAnnotations: annotations,
  nodeSelector: labels,
  tolerations: list(core('Toleration')),
  affinity: core('Affinity'),
  priorityClassName: orEmpty(objectName),
  runtimeClassName: orEmpty(objectName),
  schedulerName: orEmpty(objectName),
  hostAliases: list(core('HostAlias')),
  extraVolumes: list(core('Volume')),
  extraVolumeMounts: list(core('VolumeMount')),
  extraInitContainers: list(core('Container')),
  extraContainers: list(core('Container')),
  revisionHistoryLimit: whole(0, 1000),
  tests: object({ enabled: flag }),
};

/** The schema of the chart's values. `settings`: the server's, as [{ name, description, schema }]; `definitions`: Kubernetes' own, by full name. */
export function valuesSchema({ settings, definitions }) {
  const own = settings.filter(({ name }) => !CHART_SETTINGS.includes(name));
  const properties = {
    nameOverride: orEmpty(longName),
    fullnameOverride: orEmpty(longName),
    commonLabels: labels,
    commonAnnotations: annotations,
    image: object({
      repository,
      tag: orEmpty(tag),
      digest: orEmpty(digest),
      pullPolicy,
      pullSecrets: list(objectName),
    }),
    models,
    // Its content is held against overrides.schema.json by the templates.
    overrides: { ...text, maxLength: 1_000_000 },
    settings: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(own.map(({ name, description, schema }) => [name, { ...schema, description }])),
    },
    extraEnv: list(core('EnvVar')),
    extraEnvFrom: list(core('EnvFromSource')),
    ...networkValues,
    ...runValues,
    ...podValues,
    // Helm passes these to every chart that another one includes.
    global: { type: 'object' },
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Values of the chart web-single',
    ...object(properties, { optional: ['global'] }),
    $defs: definitions,
  };
}
