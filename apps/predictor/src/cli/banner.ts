import { encodeExamples, writeJson, type JsonValue } from '@web-single/contract';
import type { ServedModel, Serving } from '@web-single/serving';

/** Where to look and a curl line that works, for the person who started the server. */
export function banner(url: string, serving: Serving): string {
  const models = serving.models.ready();
  const [shortest] = models
    .flatMap((served) => curlLine(url, served) ?? [])
    .sort((left, right) => left.length - right.length);
  return [
    '',
    `web-single is ready at ${url}`,
    ...models.map((served) => `  ${served.package.name} ${served.package.version}  ${describe(served)}`),
    '',
    `  API page   ${url}/docs`,
    `  models     ${url}/v1/models`,
    ...(shortest === undefined ? [] : ['', 'Try:', `  ${shortest}`]),
    '',
    '',
  ].join('\n');
}

function describe({ package: { task }, started: { engine, warnings } }: ServedModel): string {
  const batches = engine.maxRows === 1 ? 'one row a run' : `up to ${engine.maxRows} rows a run`;
  return `${task}, ${engine.placement}, ${batches}${warnings.map((warning) => `\n    warning: ${warning}`).join('')}`;
}

/** The first golden case as a call; models without a case that fits a line have none. */
function curlLine(url: string, { package: { name, golden } }: ServedModel): string | undefined {
  const [example] = encodeExamples(golden?.cases ?? []);
  if (example === undefined) return undefined;
  const body = writeJson({ rows: [example.input as JsonValue] }).replaceAll("'", String.raw`'\''`);
  if (body.length > 500) return undefined;
  return `curl -s ${url}/v1/models/${name}/predict -H 'content-type: application/json' -d '${body}'`;
}
