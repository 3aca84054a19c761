import { collector, contract, deploymentOf, ofKind, predictorOf, selects } from './objects.mjs';

/** Autoscaler, disruption budget, spreading. */
export function checkScaling(documents) {
  const { problems, unless } = collector();
  const deployment = deploymentOf(documents);
  const pods = deployment.spec.template.metadata.labels;
  const [autoscaler] = ofKind(documents, 'HorizontalPodAutoscaler');
  unless(
    (autoscaler === undefined) === (deployment.spec.replicas !== undefined),
    'replicas and autoscaler both set the number of pods, or neither does',
  );
  if (autoscaler !== undefined) problems.push(...autoscalerProblems(autoscaler, documents));
  for (const { spec } of ofKind(documents, 'PodDisruptionBudget')) {
    unless(selects(spec.selector.matchLabels, pods), 'the budget selects no pod');
    unless(
      spec.minAvailable === undefined && spec.maxUnavailable !== 0 && spec.maxUnavailable !== '0%',
      'the budget can hold up a drain for ever',
    );
    unless(spec.unhealthyPodEvictionPolicy === 'AlwaysAllow', 'a pod that is not ready holds up a drain');
  }
  for (const spread of deployment.spec.template.spec.topologySpreadConstraints ?? [])
    unless(selects(spread.labelSelector.matchLabels, pods), `spreading over ${spread.topologyKey} counts other pods`);
  return problems;
}

function autoscalerProblems({ spec }, documents) {
  const { problems, unless } = collector();
  const { apiVersion, kind, name } = spec.scaleTargetRef;
  const deployment = deploymentOf(documents);
  unless(
    kind === 'Deployment' && apiVersion === deployment.apiVersion && name === deployment.metadata.name,
    `the autoscaler scales ${kind} ${name}`,
  );
  unless(
    spec.minReplicas >= 1 && spec.maxReplicas >= spec.minReplicas,
    `the autoscaler keeps ${spec.minReplicas} to ${spec.maxReplicas} pods`,
  );
  unless(spec.metrics.length > 0, 'the autoscaler has no metric');
  for (const { type, containerResource, pods } of spec.metrics) {
    if (type === 'ContainerResource') {
      const container = predictorOf(documents);
      unless(containerResource.container === container.name, `the autoscaler watches ${containerResource.container}`);
      const cpu = container.resources?.requests?.cpu ?? container.resources?.limits?.cpu;
      unless(cpu !== undefined, 'the autoscaler watches a percentage of no request');
    } else
      unless(
        pods?.metric.name === contract.metrics.queueRows && pods.target.type === 'AverageValue',
        `the autoscaler watches ${pods?.metric.name}`,
      );
    const goal = containerResource?.target.averageUtilization ?? pods?.target.averageValue;
    unless(Number(goal) > 0, `the autoscaler keeps ${goal} of a metric`);
  }
  return problems;
}
