import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { chartFolder } from '../chart/chart-folder.mjs';
import { collector, contract, deploymentOf, ofKind, predictorOf, variables } from './objects.mjs';

const defaults = parse(readFileSync(join(chartFolder, 'values.yaml'), 'utf8'));

/** Values arrive where they are meant to: each number and name that is set is the one that is rendered. */
export function checkValues(documents, { given = {} } = {}) {
  const values = merged(defaults, given);
  const { problems, unless } = collector();
  const predictor = predictorOf(documents);
  const { spec } = deploymentOf(documents);
  const env = variables(predictor);
  for (const [name, value] of Object.entries(expectedVariables(values)))
    unless(env[name] === value, `${name} is ${env[name]}, the values say ${value}`);
  const { preStopSeconds } = values.drain;
  unless(
    (predictor.lifecycle?.preStop.sleep.seconds ?? 0) === preStopSeconds,
    `the preStop is not ${preStopSeconds} s`,
  );
  unless(
    spec.template.spec.terminationGracePeriodSeconds === values.terminationGracePeriodSeconds,
    'another grace period',
  );
  unless(
    values.autoscaling.enabled || spec.replicas === values.replicas,
    `${spec.replicas} pods, not ${values.replicas}`,
  );
  const { repository, tag, digest } = values.image;
  const image = digest === '' ? `${repository}:${tag === '' ? '' : tag}` : `${repository}@${digest}`;
  unless(predictor.image.startsWith(image), `image ${predictor.image}, not ${image}`);
  const ports = ofKind(documents, 'Service').find((service) => service.spec.clusterIP !== 'None').spec.ports;
  unless(ports[0].port === values.service.httpPort, `the Service's port is ${ports[0].port}`);
  unless(
    !values.grpc.enabled || ports[1].port === values.service.grpcPort,
    `the Service's port for gRPC is ${ports[1]?.port}`,
  );
  const [overrides] = ofKind(documents, 'ConfigMap');
  unless(
    overrides === undefined || overrides.data['overrides.yaml'] === values.overrides,
    'the overrides are not to the byte those that were given',
  );
  return [...problems, ...secretProblems(predictor, values)];
}

function expectedVariables({ host, ports, grpc, models, drain, settings }) {
  return {
    HOST: host,
    PORT: String(ports.http),
    GRPC_PORT: grpc.enabled ? String(ports.grpc) : 'off',
    MODELS: expectedModels(models),
    DRAIN_DELAY_MS: String(drain.delaySeconds * 1000),
    DRAIN_TIMEOUT_MS: String(drain.timeoutSeconds * 1000),
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
  };
}

function expectedModels({ source, only, uri }) {
  if (source === 'uri') return uri.uris.join(',');
  const folder = source === 'volume' ? contract.paths.mountedModels : contract.paths.models;
  return only.length === 0 ? folder : only.map((name) => `${folder}/${name}`).join(',');
}

function secretProblems({ env }, { admin, models }) {
  const { problems, unless } = collector();
  const { existingSecret, accessKeyIdKey, secretAccessKeyKey } = models.source === 'uri' ? models.uri.s3 : {};
  const expected = [
    ['ADMIN_TOKEN', admin.existingSecret, admin.key],
    ['AWS_ACCESS_KEY_ID', existingSecret, accessKeyIdKey],
    ['AWS_SECRET_ACCESS_KEY', existingSecret, secretAccessKeyKey],
  ];
  for (const [name, secret, key] of expected) {
    const found = env.find((variable) => variable.name === name)?.valueFrom?.secretKeyRef;
    const isRight = secret ? found?.name === secret && found.key === key : found === undefined;
    unless(isRight, `${name} comes from ${JSON.stringify(found)}, not from ${secret} ${key}`);
  }
  return problems;
}

function merged(base, given) {
  if (
    typeof base !== 'object' ||
    Array.isArray(base) ||
    typeof given !== 'object' ||
    given === null ||
    Array.isArray(given)
  )
    return given;
  const own = Object.entries(given).map(([key, value]) => [key, key in base ? merged(base[key], value) : value]);
  return { ...base, ...Object.fromEntries(own) };
}
