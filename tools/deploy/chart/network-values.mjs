import {
  annotations,
  cidr,
  containerPort,
  flag,
  hostname,
  kubernetes,
  labels,
  list,
  matching,
  object,
  objectName,
  orEmpty,
  secretKey,
  whole,
  words,
} from './schema-words.mjs';

const port = whole(1, 65535);
const inSeconds = matching('^[1-9][0-9]{0,4}s$');
const peers = list(kubernetes('io.k8s.api.networking.v1.NetworkPolicyPeer'));

const parentRef = object(
  {
    group: hostname,
    kind: matching('^[A-Za-z]+$'),
    name: objectName,
    namespace: objectName,
    sectionName: objectName,
    port,
  },
  { optional: ['group', 'kind', 'namespace', 'sectionName', 'port'] },
);
const route = {
  enabled: flag,
  parentRefs: list(parentRef, { maxItems: 32 }),
  hostnames: list(hostname, { maxItems: 16, uniqueItems: true }),
  annotations,
};

/** The values of ports, Services, routes and who may call whom. */
export const networkValues = {
  host: words('0.0.0.0', '::'),
  ports: object({ http: containerPort, grpc: containerPort, admin: containerPort }),
  grpc: object({ enabled: flag }),
  admin: object({ existingSecret: orEmpty(objectName), key: secretKey }),
  service: object({
    type: words('ClusterIP', 'NodePort', 'LoadBalancer'),
    httpPort: port,
    grpcPort: port,
    headless: flag,
    annotations,
    loadBalancerClass: orEmpty(matching('^[A-Za-z0-9][-A-Za-z0-9_./]*$', { maxLength: 253 })),
    loadBalancerSourceRanges: list(cidr, { uniqueItems: true }),
    trafficDistribution: words('', 'PreferClose', 'PreferSameZone', 'PreferSameNode'),
  }),
  networkPolicy: object({
    enabled: flag,
    ingressFrom: peers,
    egress: list(kubernetes('io.k8s.api.networking.v1.NetworkPolicyEgressRule')),
    dnsTo: peers,
    dnsPorts: list(port, { minItems: 1, maxItems: 10, uniqueItems: true }),
  }),
  serviceMonitor: object({ enabled: flag, interval: inSeconds, scrapeTimeout: inSeconds, labels }),
  gateway: object({
    http: object({
      ...route,
      paths: list(matching('^/([A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*)?$'), {
        minItems: 1,
        maxItems: 64,
        uniqueItems: true,
      }),
      requestTimeout: orEmpty(matching('^([0-9]{1,5}(h|m|s|ms)){1,4}$')),
    }),
    grpc: object(route),
  }),
};
