import { nameOf, ofKind } from './objects.mjs';

/** Host names that an HTTPRoute and a GRPCRoute both answer on a listener they may share: a gateway accepts only one of such routes. */
export function sharedHosts(documents) {
  const problems = [];
  for (const http of ofKind(documents, 'HTTPRoute'))
    for (const grpc of ofKind(documents, 'GRPCRoute')) {
      if (!listeners(http).some((one) => listeners(grpc).some((other) => mayBeOne(one, other)))) continue;
      for (const one of hosts(http))
        for (const other of hosts(grpc))
          if (matches(one, other) || matches(other, one))
            problems.push(`${nameOf(http)} and ${nameOf(grpc)} share hosts: ${one.source} and ${other.source}`);
    }
  return problems;
}

const listeners = ({ spec, metadata }) =>
  spec.parentRefs.map((ref) => ({
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    namespace: metadata.namespace,
    ...ref,
  }));

/** A field that only one of them gives narrows the other. */
const mayBeOne = (one, other) =>
  Object.keys(one).every((field) => other[field] === undefined || one[field] === other[field]);

/** Each host name with a host that it means and the pattern of all that it means. */
const hosts = ({ spec }) =>
  (spec.hostnames ?? ['*']).map((source) => {
    const pattern = source.replaceAll('.', '\\.').replace('*', '[^.]+(\\.[^.]+)*');
    return { source, sample: source.replace('*', 'a.sample'), pattern: new RegExp(`^${pattern}$`) };
  });

/** True where a host that `other` means is meant by `one`: of two host names that meet, one means all that the other does. */
const matches = (one, other) => one.pattern.test(other.sample);
