import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ModelDescription } from './model-description.ts';
import { createOpenApi } from './openapi.ts';
import { digits, penguins } from './testing/demo-models.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody: { readonly content: Record<string, { readonly schema: object; readonly examples?: object }> };
  readonly responses: Record<string, { readonly $ref?: string }>;
}
type Paths = Record<string, { readonly get?: Operation; readonly post?: Operation }>;
type Schemas = Record<string, { readonly properties: Record<string, object>; readonly required: string[] }>;

const document = createOpenApi([penguins, digits], { version: '0.1.0' });
const paths = document.paths as Paths;
const schemas = document.components['schemas'] as Schemas;

const lint = (text: string): { totals: { errors: number; warnings: number } } => {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, text);
  const command = fileURLToPath(new URL('../../../node_modules/@redocly/cli/bin/cli.js', import.meta.url));
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  try {
    const args = [command, 'lint', file, '--extends=recommended', '--format=json'];
    return JSON.parse(execFileSync(process.execPath, args, { cwd: folder, env, stdio: 'pipe' }).toString()) as never;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const renamed = (name: string): ModelDescription => ({ ...penguins, name });

describe('createOpenApi', () => {
  it('passes the recommended rules of a public linter without a warning', () => {
    expect(lint(JSON.stringify(document)).totals).toMatchObject({ errors: 0, warnings: 0 });
  });

  it('passes them without a model and with names that are hard', () => {
    const hard = ['a/b', '{model}', 'ä', '3d', 'version', 'x*/y', '__proto__', 'a b', 'a-b'].map(renamed);

    expect(
      lint(JSON.stringify(createOpenApi([], { version: '1', url: 'https://predictor.test/x' }))).totals,
    ).toMatchObject({ errors: 0, warnings: 0 });
    expect(lint(JSON.stringify(createOpenApi(hard, { version: '1' }))).totals).toMatchObject({
      errors: 0,
      warnings: 0,
    });
  });

  it('has a concrete operation per model with its fields, enums and limits', () => {
    expect(paths['/v1/models/penguins/predict']?.post?.operationId).toBe('predictPenguins');
    expect(schemas['PenguinsRow']?.properties['island']).toMatchObject({ enum: ['Biscoe', 'Dream', 'Torgersen'] });
    expect(schemas['PenguinsRow']?.properties['bill_length_mm']).toMatchObject({ minimum: 25, maximum: 65 });
    expect(schemas['PenguinsRow']?.required).toEqual(['island']);
    expect(schemas['PenguinsPrediction']?.required).toEqual(['label', 'probabilities']);
  });

  it('lists what a prediction takes beside its body: how bad rows count, and the deadline', () => {
    const namesOf = (path: string) => paths[path]?.post?.parameters?.map((it) => `${it.in} ${it.name}`);
    const common = ['query onError', 'header X-Request-Timeout-Ms'];

    expect(namesOf('/v1/models/penguins/predict')).toEqual(common);
    expect(namesOf('/predict')).toEqual(common);
    expect(namesOf('/v1/models/{model}/predict')).toEqual(['path model', ...common]);
    expect(namesOf('/v2/models/{model}/infer')).toEqual(['path model', 'header X-Request-Timeout-Ms']);
    expect(paths['/predict']?.post?.parameters).toMatchObject([
      { required: false, schema: { enum: ['request', 'row'] } },
      { required: false, schema: { type: 'integer', minimum: 1 } },
    ]);
  });

  it('shows golden cases as examples of request and response', () => {
    const { requestBody, responses } = paths['/v1/models/penguins/predict']!.post!;

    expect(requestBody.content['application/json']?.examples).toMatchObject({
      case1: { value: { rows: [{ island: 'Dream' }] } },
    });
    expect(responses['200']).toMatchObject({
      content: { 'application/json': { examples: { case1: { value: { predictions: [{ label: 'Chinstrap' }] } } } } },
    });
  });

  it('takes files for an image model only', () => {
    const typesOf = (path: string): string[] => Object.keys(paths[path]!.post!.requestBody.content);

    expect(typesOf('/v1/models/penguins/predict')).toEqual(['application/json']);
    expect(typesOf('/v1/models/digits/predict')).toEqual([
      'application/json',
      'image/png',
      'image/jpeg',
      'image/webp',
      'multipart/form-data',
    ]);
  });

  it('answers every error of a prediction with a problem that is described once', () => {
    const responses = document.components['responses'] as Record<string, { content: object }>;

    for (const [status, response] of Object.entries(paths['/v1/models/penguins/predict']!.post!.responses)) {
      if (status === '200') continue;
      expect(response).toEqual({ $ref: `#/components/responses/Problem${status}` });
      expect(responses[`Problem${status}`]?.content).toHaveProperty(['application/problem+json']);
    }
  });

  it('has every static route of the contract', () => {
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/v1/models/{model}/predict',
        '/v1/models/{model}/versions/{version}/predict',
        '/predict',
        '/v1/models',
        '/v1/models/{model}',
        '/v1/server',
        '/livez',
        '/readyz',
        '/startupz',
        '/metrics',
        '/openapi.json',
      ]),
    );
  });

  it('gives operation ids that are unique and safe, whatever the names', () => {
    const names = ['a-b', 'a_b', 'a b', 'A-B', 'version', '3d', '日本', '*/', 'predict'];
    const operations = Object.values(createOpenApi(names.map(renamed), { version: '1' }).paths as Paths);
    const ids = operations
      .flatMap(({ get, post }) => [get, post])
      .flatMap((it) => (it === undefined ? [] : [it.operationId]));

    expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z]\w*$/);
  });

  it('is the same whatever the order of the models', () => {
    expect(createOpenApi([digits, penguins], { version: '0.1.0' })).toEqual(document);
    expect(JSON.stringify(createOpenApi([digits, penguins], { version: '0.1.0' }))).toBe(JSON.stringify(document));
  });
});
