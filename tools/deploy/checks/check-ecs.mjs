import { descriptor } from '../cases/descriptors.mjs';
import { checkServer } from './check-server.mjs';
import { collector, contract } from './objects.mjs';

/** Memory that Fargate offers for a CPU, in MiB. */
const MEMORY = { 256: [512, 2048], 512: [1024, 4096], 1024: [2048, 8192], 2048: [4096, 16384], 4096: [8192, 30720] };

/** ECS on Fargate: both ports, each with a target group of its protocol. */
export const checkEcs = () =>
  checkTask(
    descriptor('cloud/ecs-fargate/task-definition.json'),
    descriptor('cloud/ecs-fargate/service.json'),
    descriptor('cloud/ecs-fargate/target-groups.json'),
  );

export function checkTask(task, service, groups) {
  const { problems, unless } = collector();
  const [container] = task.containerDefinitions;
  const env = Object.fromEntries(container.environment.map(({ name, value }) => [name, value]));
  problems.push(...checkServer({ env, graceSeconds: container.stopTimeout }, 'ECS'));
  unless(container.stopTimeout <= 120, 'ECS: Fargate kills after 120 s at the latest');
  const ports = Object.fromEntries(
    container.portMappings.map(({ name, containerPort }) => [name, String(containerPort)]),
  );
  const environment = { ...contract.environment, ...env };
  unless(
    ports.http === environment.PORT && ports.grpc === environment.GRPC_PORT,
    `ECS: ports ${JSON.stringify(ports)}`,
  );
  for (const { containerName, containerPort } of service.loadBalancers) {
    unless(containerName === container.name, `ECS: no container ${containerName}`);
    unless(
      groups.some(({ Port }) => Port === containerPort),
      `ECS: no target group for port ${containerPort}`,
    );
  }
  unless(service.loadBalancers.length === groups.length, 'ECS: a target group is not used');
  unless(service.taskDefinition === task.family, `ECS: no task definition ${service.taskDefinition}`);
  const [least, most] = MEMORY[task.cpu] ?? [];
  unless(
    Number(task.memory) >= least && Number(task.memory) <= most,
    `ECS: Fargate has no ${task.memory} MiB for ${task.cpu} CPU units`,
  );
  return [...problems, ...securityProblems(container), ...healthProblems(container, groups)];
}

function securityProblems(container) {
  const { problems, unless } = collector();
  unless(container.readonlyRootFilesystem === true, 'ECS: the root can be written');
  unless(container.linuxParameters.capabilities.drop.includes('ALL'), 'ECS: capabilities are kept');
  unless(container.user === `${contract.user.uid}:${contract.user.gid}`, `ECS: user ${container.user}`);
  unless(
    container.linuxParameters.tmpfs.some(({ containerPath }) => containerPath === contract.paths.temporary),
    `ECS: ${contract.paths.temporary} cannot be written`,
  );
  return problems;
}

function healthProblems({ healthCheck, environment }, groups) {
  const { problems, unless } = collector();
  const [form, executable, ...args] = healthCheck.command;
  const port = environment.find(({ name }) => name === 'PORT')?.value ?? contract.environment.PORT;
  unless(form === 'CMD' && executable === contract.node, 'ECS: the image has no shell and no program but Node');
  unless(
    args.at(-1)?.includes(`http://127.0.0.1:${port}${contract.probes.live}`),
    'ECS: the health check asks the wrong thing',
  );
  unless(healthCheck.startPeriod <= 300, 'ECS: a start period is at most 300 s');
  const paths = { HTTP1: contract.probes.ready, GRPC: `/${contract.grpc.health}/Check` };
  for (const { ProtocolVersion, HealthCheckPath, TargetType } of groups) {
    unless(
      HealthCheckPath === paths[ProtocolVersion],
      `ECS: the ${ProtocolVersion} target group asks ${HealthCheckPath}`,
    );
    unless(TargetType === 'ip', 'ECS: tasks of awsvpc are targets by address');
  }
  return problems;
}
