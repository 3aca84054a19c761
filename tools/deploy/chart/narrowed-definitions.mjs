import { address, cidr } from './schema-words.mjs';

/** A block of addresses alone, or selectors: what the API server takes and Kubernetes' schema does not say. */
const PEER = {
  oneOf: [
    { required: ['ipBlock'], maxProperties: 1 },
    { not: { required: ['ipBlock'] }, minProperties: 1 },
  ],
};

/** Kubernetes' definitions with what the API server asks beyond them; a definition that has gone throws. */
export function narrowedDefinitions(definitions) {
  const block = definitions['io.k8s.api.networking.v1.IPBlock'];
  const peer = definitions['io.k8s.api.networking.v1.NetworkPolicyPeer'];
  const alias = definitions['io.k8s.api.core.v1.HostAlias'];
  const blockProperties = { ...block.properties, cidr, except: { ...block.properties.except, items: cidr } };
  return {
    ...definitions,
    'io.k8s.api.networking.v1.IPBlock': { ...block, properties: blockProperties },
    'io.k8s.api.networking.v1.NetworkPolicyPeer': { ...peer, ...PEER },
    'io.k8s.api.core.v1.HostAlias': { ...alias, properties: { ...alias.properties, ip: address } },
  };
}
