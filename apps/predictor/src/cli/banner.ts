import { encodeExamples, writeJson, type JsonValue } from '@web-single/contract';
import type { ServedModel, Serving } from '@web-single/serving';
import { examplesUnder } from '../rest/examples-under.ts';
import { exampleRow } from './example-row.ts';
import type { Listeners } from './listeners.ts';

/** Where to look and a curl line that works, for the person who started the server. */
export function banner({ http: url, grpc, admin }: Listeners['urls'], serving: Serving): string {
  const models = serving.models.ready();
  const [shortest] = models
    .flatMap((served) => curlLine(url, served) ?? [])
    .sort((left, right) => left.length - right.length);
  return [
    '',
    serving.isReady ? `web-single is ready at ${url}` : `web-single is up at ${url}, but not ready: see ${url}/readyz`,
    describeModels(serving),
    `  API page   ${url}/docs`,
    `  models     ${url}/v1/models`,
    ...(grpc === undefined ? [] : [`  gRPC       ${grpc}`]),
    ...(admin === undefined ? [] : [`  admin      ${admin}`]),
    ...(serving.overrides === undefined ? [] : [`  overrides  sha256 ${serving.overrides.sha256}`]),
    ...(shortest === undefined ? [] : ['', 'Try:', `  ${shortest}`]),
    '',
    '',
  ].join('\n');
}

/** One line per model, and what is wrong with it below. */
export function describeModels(serving: Serving): string {
  const lines = serving.models
    .ready()
    .map((served) => `  ${served.package.name} ${served.package.version}  ${describe(served)}\n`);
  return lines.join('');
}

function describe({ package: { task }, started: { engine, warnings, goldenReport } }: ServedModel): string {
  const batches = engine.maxRows === 1 ? 'one row a run' : `up to ${engine.maxRows} rows a run`;
  const lines = [
    ...goldenReport.failures.map(({ message }) => `NOT READY: ${message}`),
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
  return `${task}, ${engine.placement}, ${batches}${lines.map((line) => `\n    ${line}`).join('')}`;
}

/** The first golden case as a call, or a row made up from the signature; models without one that fits a line have none. */
function curlLine(url: string, { package: { name, golden }, view }: ServedModel): string | undefined {
  const [example] = encodeExamples(examplesUnder(view, golden?.cases ?? []));
  const row = example === undefined ? exampleRow(view.signature) : example.input;
  if (row === undefined) return undefined;
  const body = writeJson({ rows: [row as JsonValue] }).replaceAll("'", String.raw`'\''`);
  if (body.length > 500) return undefined;
  return `curl -s ${url}/v1/models/${name}/predict -H 'content-type: application/json' -d '${body}'`;
}
