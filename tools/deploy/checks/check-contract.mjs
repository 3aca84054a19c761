import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readSettings, settingsTable } from '../../../apps/predictor/src/config/settings.ts';
import { root } from '../../workspace/setup.mjs';
import { chartFolder } from '../chart/chart-folder.mjs';
import { collector, contract } from './objects.mjs';

const text = (path) => readFileSync(join(root, path), 'utf8');

/** deploy/image-contract.json against the server's sources. */
export function checkContract() {
  const { problems, unless } = collector();
  const settings = settingsTable().map(({ name }) => name);
  for (const name of Object.keys(contract.environment))
    unless(settings.includes(name) || name in contract.otherVariables, `contract: there is no setting ${name}`);
  const { DRAIN_DELAY_MS, DRAIN_TIMEOUT_MS } = readSettings(contract.environment);
  unless(
    DRAIN_DELAY_MS + DRAIN_TIMEOUT_MS + contract.drainMarginMs <= contract.gracePeriodSeconds * 1000,
    'contract: a drain does not fit into the grace period',
  );
  const routes = text('libs/contract/src/rest-contract.ts');
  for (const path of [...Object.values(contract.probes), contract.metrics.path])
    unless(routes.includes(`path: '${path}'`), `contract: no route ${path}`);
  unless(
    text('apps/predictor/src/telemetry/metrics.ts').includes(
      `'${contract.metrics.queueRows.replace('web_single_', '')}'`,
    ),
    `contract: no metric ${contract.metrics.queueRows}`,
  );
  const { version } = JSON.parse(text('apps/predictor/package.json'));
  const chart = parse(readFileSync(join(chartFolder, 'Chart.yaml'), 'utf8'));
  unless(
    chart.appVersion === version,
    `Chart.yaml: appVersion is ${chart.appVersion}, the predictor's version ${version}`,
  );
  return problems;
}

/** The Dockerfile's last stage against the contract. */
export function checkDockerfile(dockerfile = text('deploy/docker/Dockerfile')) {
  const { problems, unless } = collector();
  const lines = dockerfile
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim());
  const last = lines.slice(lines.findLastIndex((line) => /^FROM /.test(line)));
  const environment = Object.fromEntries(
    last
      .filter((line) => line.startsWith('ENV '))
      .flatMap((line) =>
        [...line.matchAll(/([A-Z_]+)=("[^"]*"|\S+)/g)].map(([, name, value]) => [name, value.replaceAll('"', '')]),
      ),
  );
  for (const [name, value] of Object.entries(contract.environment))
    unless(environment[name] === value, `Dockerfile: ${name} is ${environment[name]}, not ${value}`);
  const { uid, gid } = contract.user;
  unless(
    last.some((line) => line === `USER ${uid}:${gid}` || line === `USER ${uid}`),
    `Dockerfile: no USER ${uid}:${gid}`,
  );
  unless(
    !last.some((line) => line.startsWith('STOPSIGNAL')) || last.includes(`STOPSIGNAL ${contract.stopSignal}`),
    `Dockerfile: not STOPSIGNAL ${contract.stopSignal}`,
  );
  const exposed = last.filter((line) => line.startsWith('EXPOSE ')).flatMap((line) => line.split(/\s+/).slice(1));
  for (const name of ['PORT', 'GRPC_PORT'])
    unless(exposed.includes(contract.environment[name]), `Dockerfile: ${contract.environment[name]} is not exposed`);
  unless(
    last.some((line) => line.startsWith('CMD ') && line.includes(`"${contract.command[0]}"`)),
    `Dockerfile: CMD is not ["${contract.command[0]}"]`,
  );
  return problems;
}
