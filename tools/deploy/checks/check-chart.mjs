import { parse } from 'yaml';
import { checkDeployment } from './check-deployment.mjs';
import { checkMounts } from './check-mounts.mjs';
import { checkNames } from './check-names.mjs';
import { checkNetworkPolicy } from './check-network-policy.mjs';
import { checkPodSecurity } from './check-pod-security.mjs';
import { checkScaling } from './check-scaling.mjs';
import { checkServices } from './check-services.mjs';
import { checkValues } from './check-values.mjs';

/** Everything that is asserted on rendered documents. `values`: the text they were rendered with; what users add is theirs. */
export function checkChart(documents, { values = '', namespace } = {}) {
  const given = parse(values) ?? {};
  const names = (list) => (list ?? []).map(({ name }) => name);
  const own = {
    namespace,
    given,
    otherVariables: names(given.extraEnv),
    otherContainers: names([...(given.extraContainers ?? []), ...(given.extraInitContainers ?? [])]),
    otherVolumes: names(given.extraVolumes),
  };
  return [
    checkNames,
    checkDeployment,
    checkPodSecurity,
    checkMounts,
    checkServices,
    checkScaling,
    checkNetworkPolicy,
    checkValues,
  ].flatMap((check) => check(documents, own));
}
