import { collector, deploymentOf, ofKind, predictorOf, selects, variables } from './objects.mjs';

/** The policy lets in calls to the container's ports and no others, and out what a server that fetches models needs. */
export function checkNetworkPolicy(documents, { given = {} } = {}) {
  const { problems, unless } = collector();
  for (const { spec } of ofKind(documents, 'NetworkPolicy')) {
    unless(
      selects(spec.podSelector.matchLabels, deploymentOf(documents).spec.template.metadata.labels),
      'the policy selects no pod',
    );
    unless(
      ['Ingress', 'Egress'].every((type) => spec.policyTypes.includes(type)),
      'the policy leaves a direction open',
    );
    const open = spec.ingress.flatMap(({ ports }) => ports.map(({ port }) => port));
    const own = predictorOf(documents).ports.map(({ containerPort }) => containerPort);
    unless(String(open) === String(own), `the policy opens ${open}, the container's ports are ${own}`);
    problems.push(...egressProblems(spec.egress ?? [], documents, given.networkPolicy?.dnsPorts ?? [53]));
    const froms = spec.ingress.flatMap(({ from }) => from ?? []);
    for (const { metadata } of froms.length > 0 ? ofKind(documents, 'Pod') : [])
      unless(
        froms.some(({ podSelector }) => selects(podSelector?.matchLabels ?? { '': '' }, metadata.labels)),
        'the policy keeps the test out',
      );
  }
  return problems;
}

function egressProblems(egress, documents, dnsPorts) {
  const { problems, unless } = collector();
  const fetches = variables(predictorOf(documents)).MODELS.includes('://');
  unless(!fetches || egress.length > 1, 'models are to be fetched, but the policy lets nothing out');
  const allows = (ports, protocol, number) => ports.some((one) => one.protocol === protocol && one.port === number);
  const allowsDns = egress.some(({ ports = [] }) =>
    dnsPorts.every((number) => ['UDP', 'TCP'].every((protocol) => allows(ports, protocol, number))),
  );
  unless(egress.length === 0 || allowsDns, 'the policy keeps names from being looked up');
  return problems;
}
