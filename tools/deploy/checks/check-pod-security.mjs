import { collector, deploymentOf, nameOf, ofKind } from './objects.mjs';

/** Every container of the chart's pods against the profile "restricted" of the Pod Security Standards, and a root that is read-only. */
export function checkPodSecurity(documents, { otherContainers = [] } = {}) {
  const pods = [
    ['Deployment', deploymentOf(documents).spec.template.spec],
    ...ofKind(documents, 'Pod').map((pod) => [nameOf(pod), pod.spec]),
  ];
  return pods.flatMap(([owner, pod]) => [
    ...podProblems(pod, owner),
    ...[...pod.containers, ...(pod.initContainers ?? [])]
      .filter(({ name }) => !otherContainers.includes(name))
      .flatMap((container) => containerProblems(container, `${owner}, ${container.name}`)),
  ]);
}

function podProblems(pod, owner) {
  const { problems, unless } = collector();
  const security = pod.securityContext ?? {};
  unless(security.runAsNonRoot === true && security.runAsUser !== 0, `${owner}: may run as root`);
  unless(
    ['RuntimeDefault', 'Localhost'].includes(security.seccompProfile?.type),
    `${owner}: no profile of system calls`,
  );
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) unless(!pod[field], `${owner}: ${field}`);
  unless(pod.automountServiceAccountToken === false, `${owner}: mounts a token for the API server`);
  const allowed = [
    'configMap',
    'emptyDir',
    'persistentVolumeClaim',
    'projected',
    'secret',
    'downwardAPI',
    'csi',
    'ephemeral',
    'image',
  ];
  for (const volume of pod.volumes ?? [])
    unless(
      Object.keys(volume).every((key) => key === 'name' || allowed.includes(key)),
      `${owner}: volume ${volume.name} is of a kind that is not allowed`,
    );
  return problems;
}

function containerProblems(container, owner) {
  const { problems, unless } = collector();
  const security = container.securityContext ?? {};
  unless(security.allowPrivilegeEscalation === false, `${owner}: may gain privileges`);
  unless(security.privileged !== true, `${owner}: privileged`);
  unless(
    security.capabilities?.drop?.includes('ALL') && security.capabilities.add === undefined,
    `${owner}: keeps capabilities`,
  );
  unless(security.readOnlyRootFilesystem === true, `${owner}: can write its root`);
  unless(security.runAsUser !== 0, `${owner}: root`);
  for (const port of container.ports ?? []) unless(port.hostPort === undefined, `${owner}: a port of the node`);
  return problems;
}
