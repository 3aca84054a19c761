import { checkServer } from './check-server.mjs';
import { collector, contract, deploymentOf, predictorOf, variables } from './objects.mjs';

/** The predictor's container: what it is told is what the image understands, and its probes and drain fit. */
export function checkDeployment(documents, { otherVariables = [] } = {}) {
  const { problems, unless } = collector();
  const { spec } = deploymentOf(documents);
  const pod = spec.template.spec;
  const predictor = predictorOf(documents);
  const names = predictor.env.map(({ name }) => name);
  unless(new Set(names).size === names.length, `env has a name twice: ${names}`);
  for (const name of names)
    unless(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name), `${JSON.stringify(name)} is no name of a variable`);
  const secrets = predictor.env.filter(({ valueFrom }) => valueFrom !== undefined);
  const env = { ...variables(predictor), ...Object.fromEntries(secrets.map(({ name }) => [name, '(secret)'])) };
  const preStopSeconds = predictor.lifecycle?.preStop.sleep.seconds;
  problems.push(
    ...checkServer(
      { env, others: otherVariables, graceSeconds: pod.terminationGracePeriodSeconds, preStopSeconds },
      'predictor',
    ),
  );
  for (const secret of ['ADMIN_TOKEN', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
    unless(variables(predictor)[secret] === undefined, `${secret} is in the clear`);
  unless(preStopSeconds !== 0, 'a preStop of 0 s is refused by Kubernetes before 1.32');
  problems.push(...portProblems(predictor), ...probeProblems(predictor, spec));
  const { maxUnavailable, maxSurge } = spec.strategy.rollingUpdate;
  unless(maxUnavailable === 0 && maxSurge === 1, 'a rolling update may take pods away before new ones are ready');
  unless(predictor.command === undefined && predictor.args === undefined, 'the image serves without a command of ours');
  unless(/^[^\s]+(:[\w][\w.-]*|@sha256:[0-9a-f]{64})$/.test(predictor.image), `image ${predictor.image}`);
  return problems;
}

function portProblems({ ports, env }) {
  const { problems, unless } = collector();
  const value = (name) => env.find((variable) => variable.name === name)?.value;
  const named = Object.fromEntries(ports.map(({ name, containerPort }) => [name, String(containerPort)]));
  unless(named.http === value('PORT'), `port http is ${named.http}, PORT is ${value('PORT')}`);
  unless(
    (named.grpc ?? 'off') === value('GRPC_PORT'),
    `port grpc is ${named.grpc}, GRPC_PORT is ${value('GRPC_PORT')}`,
  );
  unless(
    Object.keys(named).every((name) => name === 'http' || name === 'grpc'),
    `ports ${Object.keys(named)}: the admin listener is on loopback`,
  );
  return problems;
}

function probeProblems(predictor, spec) {
  const { problems, unless } = collector();
  const probes = { startup: predictor.startupProbe, live: predictor.livenessProbe, ready: predictor.readinessProbe };
  for (const [kind, path] of Object.entries(contract.probes)) {
    unless(probes[kind]?.httpGet?.path === path, `the ${kind} probe asks ${probes[kind]?.httpGet?.path}, not ${path}`);
    unless(probes[kind]?.httpGet?.port === 'http', `the ${kind} probe asks port ${probes[kind]?.httpGet?.port}`);
  }
  const startSeconds = probes.startup.periodSeconds * probes.startup.failureThreshold;
  unless(
    spec.progressDeadlineSeconds > startSeconds,
    `a start may take ${startSeconds} s, but is given up after ${spec.progressDeadlineSeconds} s`,
  );
  return problems;
}
