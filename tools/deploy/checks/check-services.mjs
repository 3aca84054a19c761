import { sharedHosts } from './shared-hosts.mjs';
import { collector, contract, deploymentOf, nameOf, ofKind, predictorOf, selects, variables } from './objects.mjs';

/** Services, monitor and routes: what they point at is there, and nothing else is meant. */
export function checkServices(documents) {
  const { problems, unless } = collector();
  const pods = deploymentOf(documents).spec.template.metadata.labels;
  const services = ofKind(documents, 'Service');
  unless(selects(deploymentOf(documents).spec.selector.matchLabels, pods), 'the Deployment does not select its pods');
  for (const service of services) problems.push(...serviceProblems(service, documents));
  unless(
    services.filter(({ spec }) => spec.clusterIP !== 'None').length === 1,
    'there is not one Service with an address',
  );
  for (const monitor of ofKind(documents, 'ServiceMonitor')) {
    const found = services.filter(({ metadata }) => selects(monitor.spec.selector.matchLabels, metadata.labels));
    unless(found.length === 1, `the monitor finds ${found.length} Services`);
    for (const { port, path } of monitor.spec.endpoints) {
      unless(
        found[0]?.spec.ports.some(({ name }) => name === port) && port === 'http',
        `the monitor asks port ${port}`,
      );
      unless(path === contract.metrics.path, `the monitor asks ${path}`);
    }
    unless(
      monitor.spec.namespaceSelector.matchNames.includes(services[0].metadata.namespace),
      'the monitor looks in another namespace',
    );
  }
  return [...problems, ...routeProblems(documents)];
}

function serviceProblems(service, documents) {
  const { problems, unless } = collector();
  const { spec } = service;
  const predictor = predictorOf(documents);
  unless(
    selects(spec.selector, deploymentOf(documents).spec.template.metadata.labels),
    `${nameOf(service)} selects no pod`,
  );
  for (const pod of ofKind(documents, 'Pod'))
    unless(!selects(spec.selector, pod.metadata.labels), `${nameOf(service)} sends calls to ${nameOf(pod)}`);
  for (const { name, port, targetPort, appProtocol } of spec.ports) {
    const target = predictor.ports.find((candidate) => candidate.name === targetPort);
    unless(target !== undefined, `${nameOf(service)}: no port of the container is called ${targetPort}`);
    unless(name === targetPort, `${nameOf(service)}: port ${name} goes to ${targetPort}`);
    unless(
      appProtocol === (name === 'grpc' ? 'kubernetes.io/h2c' : 'http'),
      `${nameOf(service)}: port ${name} speaks ${appProtocol}`,
    );
    // Without an address nothing translates the port.
    unless(
      spec.clusterIP !== 'None' || port === target?.containerPort,
      `${nameOf(service)}: port ${port} is not the container's`,
    );
  }
  unless(new Set(spec.ports.map(({ port }) => port)).size === spec.ports.length, `${nameOf(service)}: a port twice`);
  const speaksGrpc = variables(predictor).GRPC_PORT !== 'off';
  unless(
    spec.ports.some(({ name }) => name === 'grpc') === speaksGrpc,
    `${nameOf(service)}: gRPC is ${speaksGrpc ? 'missing' : 'off'}`,
  );
  return problems;
}

/** The Gateway API's own rule: references to one gateway each have a sectionName of their own. */
const hasOwnSections = (refs) =>
  refs.every((ref, index) =>
    refs.slice(0, index).every((other) => {
      const isSame = ['group', 'kind', 'namespace', 'name'].every((field) => ref[field] === other[field]);
      return !isSame || (ref.sectionName && other.sectionName && ref.sectionName !== other.sectionName);
    }),
  );

function routeProblems(documents) {
  const { problems, unless } = collector();
  const routes = [...ofKind(documents, 'HTTPRoute'), ...ofKind(documents, 'GRPCRoute')];
  for (const route of routes) {
    unless(route.spec.parentRefs.length > 0, `${nameOf(route)} has no gateway`);
    unless(
      hasOwnSections(route.spec.parentRefs),
      `${nameOf(route)} names a gateway several times, not each sectionName`,
    );
    for (const { backendRefs } of route.spec.rules)
      for (const { name, port } of backendRefs) {
        const service = ofKind(documents, 'Service').find(({ metadata }) => metadata.name === name);
        const found = service?.spec.ports.find((candidate) => candidate.port === port);
        unless(
          found?.name === (route.kind === 'HTTPRoute' ? 'http' : 'grpc'),
          `${nameOf(route)} sends to ${name}:${port}, which is ${found?.name}`,
        );
      }
  }
  problems.push(...sharedHosts(documents));
  for (const { spec } of ofKind(documents, 'GRPCRoute')) {
    const services = spec.rules.flatMap(({ matches }) => matches.map(({ method }) => method.service));
    for (const service of Object.values(contract.grpc))
      unless(services.includes(service), `the gRPC route leaves out ${service}`);
  }
  return problems;
}
