import { descriptor } from '../cases/descriptors.mjs';
import { collector, contract } from './objects.mjs';

const KEYS = {
  rule: ['seriesQuery', 'seriesFilters', 'resources', 'name', 'metricsQuery'],
  name: ['matches', 'as'],
  resources: ['overrides', 'template', 'namespaced'],
};

/** prometheus-adapter's rule makes the metric that the chart's autoscaler asks for, per pod. */
export const checkAdapterRule = (values = descriptor('helm/prometheus-adapter-values.yaml')) => {
  const { problems, unless } = collector();
  unless(
    Object.keys(values).join() === 'rules' && Object.keys(values.rules).join() === 'default,custom',
    'adapter: values that its chart does not have',
  );
  for (const rule of values.rules.custom) {
    for (const key of Object.keys(rule)) unless(KEYS.rule.includes(key), `adapter: a rule has no ${key}`);
    for (const key of Object.keys(rule.name)) unless(KEYS.name.includes(key), `adapter: a name has no ${key}`);
    for (const key of Object.keys(rule.resources))
      unless(KEYS.resources.includes(key), `adapter: resources have no ${key}`);
    unless(
      rule.name.as === contract.metrics.queueRows && new RegExp(rule.name.matches).test(contract.metrics.queueRows),
      `adapter: makes ${rule.name.as}`,
    );
    unless(rule.seriesQuery.startsWith(`${contract.metrics.queueRows}{`), `adapter: reads ${rule.seriesQuery}`);
    unless(
      rule.resources.overrides.pod.resource === 'pod' && rule.resources.overrides.namespace.resource === 'namespace',
      'adapter: not per pod',
    );
    for (const part of ['<<.Series>>', '<<.LabelMatchers>>', 'by (<<.GroupBy>>)'])
      unless(rule.metricsQuery.includes(part), `adapter: the query lacks ${part}`);
  }
  return problems;
};
