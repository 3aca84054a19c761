import { readdirSync, readFileSync } from 'node:fs';
import { runClient } from '../clients.mjs';
import { run } from '../commands.mjs';
import { makeNamespace, startContainer, untilReady } from '../container.mjs';

const HTTP = 'http://127.0.0.1:8080';
const GRPC = '127.0.0.1:8081';

/** Hardened and with no network at all: ready, and every golden case answered as recorded, over REST and gRPC. */
export async function checkGoldens({ image, sandbox, check, models }) {
  const namespace = await makeNamespace(sandbox, 'ws-goldens');
  const container = await startContainer({ name: 'goldens', image, namespace });
  await untilReady(namespace, HTTP);
  const { counts, wrong, wrongCount } = await runClient(namespace, 'goldens', {
    http: HTTP,
    grpc: GRPC,
    models,
    names: ['penguins', 'digits'],
  });
  check(
    'golden cases over REST and gRPC, with no network',
    wrongCount === 0 && counts.rest >= 100 && counts.grpc === counts.rest,
    `${counts.rest} REST, ${counts.grpc} gRPC, ${wrongCount} wrong ${wrong.join('; ')}`,
  );

  const pid = await container.pid();
  checkConfinement(pid, check);
  check(
    'writes nothing to its own files',
    (await run('podman', ['diff', 'goldens']))
      .split('\n')
      .every((line) => /^[AC] \/(tmp|etc|run|proc|sys|dev)?(\/|$)/.test(line) || line === ''),
    await run('podman', ['diff', 'goldens']),
  );
  const left = readdirSync(`/proc/${pid}/root/tmp`).filter((name) => !name.startsWith('web-single'));
  check('the runtime leaves no telemetry behind', left.length === 0, left.join(' '));
  const exitCode = await container.stop();
  check('ends with 0 on SIGTERM', exitCode === 0, `exit ${exitCode}`);
  await container.remove();
}

/** By what the kernel says of the process. */
function checkConfinement(pid, check) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1];
  check(
    'no capability',
    field('CapEff') === '0000000000000000' && field('CapBnd') === '0000000000000000',
    field('CapEff'),
  );
  check('no new privileges', field('NoNewPrivs') === '1');
  check('system calls are filtered', field('Seccomp') === '2');
  check(
    'user and group 65532',
    field('Uid')
      .split(/\s+/)
      .every((id) => id === '65532'),
    field('Uid'),
  );
  const mounts = readFileSync(`/proc/${pid}/mounts`, 'utf8')
    .split('\n')
    .find((line) => line.split(' ')[1] === '/');
  check('the root file system is read-only', /^\S+ \/ \S+ ro[,\s]/.test(mounts), mounts?.slice(0, 40));
}
