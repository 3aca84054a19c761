import { parse } from 'yaml';
import { collector, contract, deploymentOf, nameOf, ofKind, predictorOf, variables } from './objects.mjs';

/** Volumes: each mount has one, and what the read-only image needs to write or read is there. */
export function checkMounts(documents, { otherVolumes = [] } = {}) {
  const pods = [deploymentOf(documents).spec.template.spec, ...ofKind(documents, 'Pod').map(({ spec }) => spec)];
  return [...pods.flatMap((pod) => volumeProblems(pod, otherVolumes)), ...needProblems(documents)];
}

function volumeProblems(pod, otherVolumes) {
  const { problems, unless } = collector();
  const volumes = (pod.volumes ?? []).map(({ name }) => name);
  const mounts = [...pod.containers, ...(pod.initContainers ?? [])].flatMap(({ volumeMounts = [] }) => volumeMounts);
  unless(new Set(volumes).size === volumes.length, `a volume is there twice: ${volumes}`);
  for (const { name } of mounts) unless(volumes.includes(name), `nothing is called ${name} to mount`);
  for (const name of volumes)
    unless(
      otherVolumes.includes(name) || mounts.some((mount) => mount.name === name),
      `volume ${name} is mounted nowhere`,
    );
  return problems;
}

function needProblems(documents) {
  const { problems, unless } = collector();
  const pod = deploymentOf(documents).spec.template.spec;
  const predictor = predictorOf(documents);
  const env = variables(predictor);
  const at = (path) => predictor.volumeMounts.find(({ mountPath }) => mountPath === path);
  const volume = (path) => pod.volumes.find(({ name }) => name === at(path)?.name);
  const { temporary, cache, models, mountedModels } = contract.paths;
  unless(volume(temporary)?.emptyDir !== undefined && !at(temporary).readOnly, `${temporary} cannot be written`);
  unless(at(models) === undefined, `${models}, where the baked models lie, is covered by a mount`);
  if (env.MODELS.includes('://')) {
    unless(
      env.MODEL_CACHE === cache && volume(cache)?.emptyDir?.sizeLimit !== undefined && !at(cache).readOnly,
      'fetched models have no folder of bounded size',
    );
    const holdsBytes = sizeBytes(volume(cache)?.emptyDir?.sizeLimit ?? '0Ki');
    unless(
      Number(env.MODEL_SOURCE_LIMIT_BYTES) <= holdsBytes,
      `a source may have ${env.MODEL_SOURCE_LIMIT_BYTES} bytes, its folder holds ${holdsBytes}`,
    );
  } else if (env.MODELS.startsWith(mountedModels)) {
    unless(at(mountedModels)?.readOnly === true, `${mountedModels} is not mounted read-only`);
    problems.push(...filledProblems(pod, volume(mountedModels)));
  } else {
    unless(
      env.MODELS.split(',').every((path) => path === models || path.startsWith(`${models}/`)),
      `MODELS is ${env.MODELS}: nothing lies there`,
    );
  }
  if (env.OVERRIDES === undefined) return problems;
  const mounted = { mount: at('/etc/web-single'), volume: volume('/etc/web-single') };
  return [...problems, ...overridesProblems(documents, env, mounted)];
}

function overridesProblems(documents, env, { mount, volume }) {
  const { problems, unless } = collector();
  const { overrides } = contract.paths;
  unless(env.OVERRIDES === overrides, `OVERRIDES is ${env.OVERRIDES}`);
  const map = ofKind(documents, 'ConfigMap').find(({ metadata }) => metadata.name === volume?.configMap?.name);
  const file = map?.data[overrides.split('/').at(-1)];
  unless(
    typeof file === 'string' && typeof parse(file) === 'object',
    `${map === undefined ? 'no ConfigMap' : nameOf(map)}: no overrides in it`,
  );
  // Kubernetes never renews a mount by subPath, and the server follows the file.
  unless(mount.subPath === undefined, 'changed overrides are not seen');
  return problems;
}

/** Bytes of a size with a binary unit. */
function sizeBytes(size) {
  const [, number, unit] = /^(\d+)([KMGT])i$/.exec(size);
  return Number(number) * 1024 ** (1 + 'KMGT'.indexOf(unit));
}

/** A volume of models has something in it: a claim, or what an init container copies. */
function filledProblems(pod, volume) {
  if (volume?.persistentVolumeClaim?.readOnly === true) return [];
  const copies = (pod.initContainers ?? []).some(({ volumeMounts = [] }) =>
    volumeMounts.some(
      ({ name, mountPath, readOnly }) =>
        name === volume?.name && mountPath === contract.paths.mountedModels && !readOnly,
    ),
  );
  return copies && volume?.emptyDir?.sizeLimit !== undefined ? [] : ['nothing fills the volume of models'];
}
