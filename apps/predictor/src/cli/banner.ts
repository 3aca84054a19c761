import { encodeExamples, writeJson, type JsonValue } from '@web-single/contract';
import { availableCores } from '@web-single/model-runtime';
import type { ServedModel, Serving } from '@web-single/serving';
import type { Settings } from '../config/settings.ts';
import { examplesUnder } from '../rest/examples-under.ts';
import { describeCores } from './describe-cores.ts';
import { exampleRow } from './example-row.ts';
import type { Listeners } from './listeners.ts';

/** Where to look and a curl line that works, for the person who started the server. */
export function banner(
  { http: url, grpc, admin }: Listeners['urls'],
  serving: Serving,
  { PLAYGROUND }: Pick<Settings, 'PLAYGROUND'>,
): string {
  const models = serving.models.ready();
  const [shortest] = models
    .flatMap((served) => curlLine(url, served) ?? [])
    .sort((left, right) => left.length - right.length);
  return [
    '',
    serving.isReady ? `web-single is ready at ${url}` : `web-single is up at ${url}, but not ready: see ${url}/readyz`,
    describeModels(serving),
    ...(PLAYGROUND ? [`  playground ${url}/`] : []),
    `  API page   ${url}/docs`,
    `  models     ${url}/v1/models`,
    ...(grpc === undefined ? [] : [`  gRPC       ${grpc}`]),
    ...(admin === undefined ? [] : [`  admin      ${admin}`]),
    ...describeMachine(serving.models.ready()),
    ...(serving.overrides === undefined ? [] : [`  overrides  sha256 ${serving.overrides.sha256}`]),
    ...(shortest === undefined ? [] : ['', 'Try:', `  ${shortest}`]),
    '',
    '',
  ].join('\n');
}

/** For a server that listens while models from elsewhere are fetched. */
export function waitingLine({ http: url }: Listeners['urls']): string {
  return `web-single is up at ${url}, but not ready: models are still to come, see ${url}/readyz\n`;
}

/** One line per model, and what is wrong with it below. */
export function describeModels(serving: Serving): string {
  const lines = serving.models
    .ready()
    .map((served) => `  ${served.package.name} ${served.package.version}  ${describe(served)}\n`);
  return lines.join('');
}

function describe({ package: { task, batching }, started: { engine, warnings, goldenReport } }: ServedModel): string {
  const rows = engine.maxRows === 1 ? 'one row a run' : `up to ${engine.maxRows} rows a run`;
  const batches = batching.maxDelayMs > 0 ? `${rows} that wait up to ${batching.maxDelayMs} ms for company` : rows;
  const lines = [
    ...goldenReport.failures.map(({ message }) => `NOT READY: ${message}`),
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
  return `${task}, ${engine.placement}, ${batches}${lines.map((line) => `\n    ${line}`).join('')}`;
}

/** Cores that may be used and what shares them, and what calibration measured: the reason of every placement and batch size above. */
function describeMachine(models: readonly ServedModel[]): string[] {
  const processes = models.reduce((sum, { started: { engine } }) => sum + processesOf(engine), 0);
  const curves = models.flatMap(({ package: { name }, started: { calibration } }) => {
    const points = calibration.curve.map(({ rows, p50Ms }) => `${rows}: ${p50Ms.toPrecision(2)}`);
    return points.length === 0 ? [] : [`  measured   ${name}, ms for a run of so many rows: ${points.join('  ')}`];
  });
  return [`  cores      ${describeCores(availableCores(), processes)}`, ...curves];
}

const processesOf = ({ placement, instances }: ServedModel['started']['engine']): number =>
  placement === 'inline' ? 0 : instances;

/** The first golden case as a call, or a row made up from the signature; models without one that fits a line have none. */
function curlLine(url: string, { package: { name, golden }, view }: ServedModel): string | undefined {
  const [example] = encodeExamples(examplesUnder(view, golden?.cases ?? []));
  const row = example === undefined ? exampleRow(view.signature) : example.input;
  if (row === undefined) return undefined;
  const body = writeJson({ rows: [row as JsonValue] }).replaceAll("'", String.raw`'\''`);
  if (body.length > 500) return undefined;
  return `curl -s ${url}/v1/models/${name}/predict -H 'content-type: application/json' -d '${body}'`;
}
