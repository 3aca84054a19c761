/** Values that the chart must render, as YAML; `release` and `namespace` where they matter. */
export const VALUE_SETS = [
  { name: 'nothing set', values: '' },
  {
    name: 'a digest goes before the tag',
    values: `image: { repository: "registry.example:5000/team/web-single", tag: v1, digest: "sha256:${'a'.repeat(64)}", pullSecrets: [pull-key] }`,
  },
  { name: 'a tag of digits, quoted', values: 'image: { tag: "0123" }' },
  { name: 'some baked models', values: 'models: { only: [penguins, digits], default: penguins }' },
  {
    name: 'models from S3 by keys',
    values: `
models:
  source: uri
  uri:
    uris: ["s3://bucket/penguins.tar.gz#sha256=${'b'.repeat(64)}", "https://models.example.org/digits/model.yaml?signature=a%2Cb&x=1", "http://models.internal/other.tgz"]
    hosts: ["minio.storage:9000", models.internal]
    limitBytes: 67108864000
    cacheSizeLimit: 63Gi
    s3: { region: eu-central-1, endpointUrl: "http://minio.storage:9000", existingSecret: s3-keys, sessionTokenKey: token }
networkPolicy:
  egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [169.254.0.0/16] } }], ports: [{ protocol: TCP, port: 443 }] }]
`,
  },
  {
    name: 'models from S3 by a role',
    values: `
models: { source: uri, uri: { uris: ["s3://bucket/models"], s3: { region: eu-central-1 } } }
serviceAccount: { annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::123456789012:role/models" } }
networkPolicy: { enabled: false }
`,
  },
  {
    name: 'models of a claim',
    values: 'models: { source: volume, only: [penguins], volume: { claim: models, subPath: released/2026 } }',
  },
  {
    name: 'models copied out of an image',
    values: `
models:
  source: volume
  volume:
    copy:
      repository: registry.example/models
      tag: "7"
      command: [cp, -R, /packages/., /mnt/models]
      env: [{ name: A, value: b }]
      envFrom: [{ secretRef: { name: keys } }]
`,
  },
  { name: 'an admin listener', values: 'admin: { existingSecret: admin-token, key: token }' },
  {
    name: 'overrides in YAML, with what YAML 1.1 reads otherwise',
    values: `
overrides: |

  # a comment
  models:
    penguins: { minScore: 0.75, otherwise: No, labels: { Adelie: 010, yes: 1_000, on: off, 1.0: "{{ .Values }}" }, versions: { 1.0: { enabled: false } } }

`,
  },
  {
    name: 'overrides in JSON',
    values: JSON.stringify({
      overrides:
        '{ "models": { "penguins": { "otherwise": "No", "minScore": 1, "labels": { "yes": "Adélie\\u0007 🚀 \\\\ \\"" } } } }\r\n',
    }),
  },
  {
    name: 'settings of every YAML type',
    values:
      'settings: { LOG_LEVEL: warn, JSON_LIMIT_BYTES: 67108864, MAX_ROWS_PER_REQUEST: 1000, GRPC_REFLECTION: true, CORS_ORIGINS: "https://a.example,https://b.example" }',
  },
  {
    name: 'further environment',
    values: `
extraEnv: [{ name: NODE_EXTRA_CA_CERTS, value: /etc/ca/ca.crt }, { name: POD, valueFrom: { fieldRef: { fieldPath: metadata.name } } }, { name: ODD, value: 'a "quoted" {{ .Release }} $(HOST) \\ é' }]
extraEnvFrom: [{ configMapRef: { name: more } }]
extraVolumes: [{ name: ca, configMap: { name: ca } }]
extraVolumeMounts: [{ name: ca, mountPath: /etc/ca, readOnly: true }]
`,
  },
  {
    name: 'other ports',
    values: 'ports: { http: 9000, grpc: 9001, admin: 9002 }\nservice: { httpPort: 8000, grpcPort: 9000 }',
  },
  {
    name: 'hosts as the server compares them',
    values: `
models:
  source: uri
  uri:
    uris: ["http://[fd00::1]:9000/a.onnx", "http://[fd00::2]/b.onnx", "http://Models.Internal/c.onnx", "http://d.internal/d.onnx"]
    hosts: ["[fd00::1]:9000", "[fd00::2]", models.internal, "d.internal:80"]
networkPolicy: { enabled: false }
`,
  },
  { name: 'no gRPC', values: 'grpc: { enabled: false }' },
  {
    name: 'no gRPC, and its ports those of HTTP',
    values: 'grpc: { enabled: false }\nports: { grpc: 8080 }\nservice: { grpcPort: 80 }',
  },
  {
    name: 'a small cache',
    values:
      'models: { source: uri, uri: { uris: ["s3://bucket/models"], cacheSizeLimit: 1Ki } }\nnetworkPolicy: { enabled: false }',
  },
  {
    name: 'a huge cache',
    values:
      'models: { source: uri, uri: { uris: ["s3://bucket/models"], cacheSizeLimit: 9Ti } }\nnetworkPolicy: { enabled: false }',
  },
  {
    name: 'DNS of OpenShift',
    values: `
networkPolicy:
  dnsPorts: [5353, 53]
  dnsTo: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: openshift-dns } } }]
  egress: [{ ports: [{ protocol: TCP, port: 443 }] }]
`,
  },
  { name: 'no headless Service', values: 'service: { headless: false }' },
  {
    name: 'a load balancer',
    values:
      'service: { type: LoadBalancer, loadBalancerClass: example.com/internal, loadBalancerSourceRanges: [10.0.0.0/8], annotations: { a.example/b: "true" }, trafficDistribution: PreferClose }',
  },
  { name: 'a node port', values: 'service: { type: NodePort }' },
  {
    name: 'IPv6',
    values: `
host: "::"
hostAliases: [{ ip: "fd00::1", hostnames: [a.example] }]
service: { type: LoadBalancer, loadBalancerSourceRanges: ["::/0", "fd00:1:2:3:4:5:6:7/128", "2001:db8::/32"] }
networkPolicy:
  ingressFrom: [{ ipBlock: { cidr: "fd00::/8", except: ["fd00::1/128"] } }]
  egress: [{ ports: [{ protocol: TCP, port: 8000, endPort: 9000 }] }]
`,
  },
  { name: 'autoscaling on CPU', values: 'autoscaling: { enabled: true }\nreplicas: 7' },
  {
    name: 'autoscaling on CPU and queue',
    values: 'autoscaling: { enabled: true, queueRows: 64, minReplicas: 1, maxReplicas: 1 }',
  },
  {
    name: 'autoscaling on the queue alone',
    values: 'autoscaling: { enabled: true, cpuUtilization: 0, queueRows: 1000000, behavior: {} }\nresources: {}',
  },
  {
    name: 'a plan of the benchmarks',
    values:
      'autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 7, cpuUtilization: 70, queueRows: 64 }\nresources: { requests: { cpu: 850m, memory: 450Mi }, limits: { memory: 700Mi } }',
  },
  { name: 'no pods', values: 'replicas: 0' },
  { name: 'one pod', values: 'replicas: 1\npodDisruptionBudget: { maxUnavailable: 25% }' },
  {
    name: 'no budget, no policy, no test, no account',
    values:
      'podDisruptionBudget: { enabled: false }\nnetworkPolicy: { enabled: false }\ntests: { enabled: false }\nserviceAccount: { create: false }',
  },
  {
    name: 'a long drain',
    values:
      'drain: { preStopSeconds: 10, delaySeconds: 60, timeoutSeconds: 600, marginSeconds: 30 }\nterminationGracePeriodSeconds: 700',
  },
  {
    name: 'no drain',
    values:
      'drain: { preStopSeconds: 0, delaySeconds: 0, timeoutSeconds: 0, marginSeconds: 1 }\nterminationGracePeriodSeconds: 1',
  },
  { name: 'a slow start', values: 'probes: { startup: { periodSeconds: 10, failureThreshold: 360 } }' },
  { name: 'OpenShift', values: 'security: { runAsUser: null, runAsGroup: null, fsGroup: null }' },
  {
    name: 'a profile of the node',
    values: 'security: { seccompProfile: Localhost, seccompLocalhostProfile: profiles/web-single.json }',
  },
  {
    name: 'who may call',
    values:
      'networkPolicy: { ingressFrom: [{ namespaceSelector: { matchLabels: { team: web } } }, { podSelector: {} }], dnsTo: [] }',
  },
  { name: 'Prometheus Operator', values: 'serviceMonitor: { enabled: true, labels: { release: prometheus } }' },
  {
    name: 'routes',
    values: `
gateway:
  http: { enabled: true, parentRefs: [{ name: public, namespace: gateways, sectionName: https }], hostnames: [predict.example.org], requestTimeout: 120s, annotations: { a: b } }
  grpc: { enabled: true, parentRefs: [{ name: public, namespace: gateways }], hostnames: [grpc.predict.example.org] }
`,
  },
  {
    name: 'routes whose host names only look alike',
    values: `
gateway:
  http: { enabled: true, parentRefs: [{ name: g }], hostnames: ["*.example.org", api.example.com] }
  grpc: { enabled: true, parentRefs: [{ name: g }], hostnames: [example.org, "*.api.example.com", notexample.org, "*.ample.org"] }
`,
  },
  {
    name: 'routes of one host name on two listeners',
    values: `
gateway:
  http: { enabled: true, parentRefs: [{ name: g, sectionName: https }, { name: g, sectionName: http }, { name: k, port: 80 }], hostnames: [a.example] }
  grpc: { enabled: true, parentRefs: [{ name: g, sectionName: grpc, port: 8443 }, { name: g, namespace: other }, { name: h }, { name: k, port: 81 }] }
`,
  },
  {
    name: 'routes without gRPC',
    values:
      'gateway: { http: { enabled: true, parentRefs: [{ name: g, port: 443 }], paths: ["/"] } }\ngrpc: { enabled: false }',
  },
  {
    name: 'where pods run',
    values: `
nodeSelector: { kubernetes.io/arch: amd64 }
tolerations: [{ key: models, operator: Exists, effect: NoExecute, tolerationSeconds: 3600 }]
affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [{ key: cpu, operator: In, values: [fast] }] }] } } }
priorityClassName: high
runtimeClassName: gvisor
schedulerName: other
hostAliases: [{ ip: 10.0.0.1, hostnames: [a.example] }]
topologySpread: { topologyKeys: [kubernetes.io/hostname], whenUnsatisfiable: DoNotSchedule, maxSkew: 2 }
`,
  },
  { name: 'no spreading', values: 'topologySpread: { topologyKeys: [] }' },
  {
    name: 'labels and annotations of our own',
    values: `
commonLabels: { team: search, empty: "", app.kubernetes.io/component: mine }
commonAnnotations: { "example.org/text": "on: {{ x }} # \\"q\\"", both: common }
podLabels: { app.kubernetes.io/instance: hijack, pod: "1e3" }
podAnnotations: { both: pod, number: "0123" }
deploymentAnnotations: { yes: "no" }
`,
  },
  {
    name: 'further containers',
    values: `
extraContainers: [{ name: proxy, image: "proxy:1", resources: { limits: { memory: 64Mi } } }]
extraInitContainers: [{ name: wait, image: "wait:1" }]
`,
  },
  {
    name: 'long names',
    values: `nameOverride: ${'long-name-'.repeat(12)}x`,
    release: 'r'.repeat(53),
    namespace: 'n'.repeat(63),
  },
  {
    name: 'a long full name that is cut at a dash',
    values: `fullnameOverride: ${'a'.repeat(53)}-${'b'.repeat(8)}-${'c'.repeat(40)}`,
  },
  {
    name: 'names that are cut at many dashes',
    values: `fullnameOverride: ${'a'.repeat(50)}${'-'.repeat(20)}b\nnameOverride: ${'a'.repeat(62)}--b`,
  },
  {
    name: 'names that YAML reads as something else',
    values: 'nameOverride: "4"\nserviceAccount: { name: "1e3" }',
    release: 'on',
    namespace: '0123',
  },
  {
    name: 'a name that YAML reads as a flag',
    values:
      'fullnameOverride: "off"\ngateway: { http: { enabled: true, parentRefs: [{ name: "1" }], hostnames: ["1.5"] }, grpc: { enabled: true, parentRefs: [{ name: "null" }], hostnames: ["2.5"] } }\nautoscaling: { enabled: true }\noverrides: "{ models: {} }"\nadmin: { existingSecret: "7", key: "1" }',
    namespace: 'no',
  },
  { name: 'a release with dots that begins with a digit', values: '', release: '2.0.1-rc.1' },
  { name: 'a release named like the chart', values: '', release: 'my-web-single' },
  {
    name: 'resources in YAML numbers',
    values:
      'resources: { requests: { cpu: 0.5, memory: 1Gi, ephemeral-storage: 1Gi }, limits: { cpu: 2, memory: 1.5Gi } }',
  },
  { name: 'values of a parent chart', values: 'global: { imageRegistry: x, nested: { a: 1 } }' },
];
