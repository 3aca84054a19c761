import { describe, expect, it } from 'vitest';
import { encodeExamples } from './encode-examples.ts';
import { modelDescriptionSchema } from './model-description.ts';
import { describeRoutes } from './rest-contract.ts';
import { digits, penguins } from './testing/demo-models.ts';

describe('describeRoutes', () => {
  it('names method and path of every static route', () => {
    const routes = describeRoutes().map(({ name, method, path }) => `${name}: ${method} ${path}`);

    expect(routes).toEqual([
      'predict: POST /v1/models/:model/predict',
      'predictVersion: POST /v1/models/:model/versions/:version/predict',
      'predictDefault: POST /predict',
      'listModels: GET /v1/models',
      'getModel: GET /v1/models/:model',
      'server: GET /v1/server',
      'livez: GET /livez',
      'readyz: GET /readyz',
      'startupz: GET /startupz',
      'metrics: GET /metrics',
      'openapi: GET /openapi.json',
      'oipServer: GET /v2',
      'oipLive: GET /v2/health/live',
      'oipReady: GET /v2/health/ready',
      'oipModels: GET /v2/models',
      'oipAllStatistics: GET /v2/models/stats',
      'oipModel: GET /v2/models/:model',
      'oipModelVersion: GET /v2/models/:model/versions/:version',
      'oipModelReady: GET /v2/models/:model/ready',
      'oipModelVersionReady: GET /v2/models/:model/versions/:version/ready',
      'oipInfer: POST /v2/models/:model/infer',
      'oipInferVersion: POST /v2/models/:model/versions/:version/infer',
      'oipConfig: GET /v2/models/:model/config',
      'oipConfigVersion: GET /v2/models/:model/versions/:version/config',
      'oipStatistics: GET /v2/models/:model/stats',
      'oipStatisticsVersion: GET /v2/models/:model/versions/:version/stats',
      'oipRepositoryIndex: POST /v2/repository/index',
    ]);
  });

  it('tells the content type of what is not JSON', () => {
    const metrics = describeRoutes().find(({ name }) => name === 'metrics');

    expect(metrics?.responses[0]?.contentType).toBe('text/plain; version=0.0.4');
  });

  it('knows onError and nothing else for it', () => {
    const query = describeRoutes()[0]?.query;

    expect(query?.safeParse({ onError: 'row' }).success).toBe(true);
    expect(query?.safeParse({}).success).toBe(true);
    expect(query?.safeParse({ onError: 'rows' }).success).toBe(false);
  });
});

describe('modelDescriptionSchema', () => {
  it('reads what was written, and drops what a newer server adds', () => {
    for (const model of [penguins, digits]) {
      expect(modelDescriptionSchema.parse(JSON.parse(JSON.stringify({ ...model, extra: 1 })))).toEqual(model);
    }
  });

  it('keeps what overrides changed, and scores that lack an answer', () => {
    const overridden = {
      ...penguins,
      signature: {
        input: penguins.signature.input,
        output: {
          label: { type: 'category', values: ['A', 'unknown'] },
          p: { type: 'scores', of: 'label', labels: ['A'] },
        },
      },
      overrides: { sha256: '00', minScore: 0.5, otherwise: 'unknown', input: { x: { min: 1 } }, enabled: false },
    };

    expect(modelDescriptionSchema.parse(overridden)).toEqual(overridden);
  });

  it('refuses an unknown field type with its path', () => {
    const broken = { ...penguins, signature: { input: { x: { type: 'colour' } }, output: {} } };

    expect(modelDescriptionSchema.safeParse(broken).error?.issues[0]?.path).toEqual([
      'signature',
      'input',
      'x',
      'type',
    ]);
  });
});

describe('encodeExamples', () => {
  const example = (label: string, image: Uint8Array) => ({ input: { image }, output: { label } });

  it('takes at most three, different labels first, small files only', () => {
    const small = new Uint8Array(4096);
    const cases = ['a', 'a', 'b', 'a', 'c'].map((label) => example(label, small));

    expect(encodeExamples(cases).map(({ output }) => output['label'])).toEqual(['a', 'b', 'c']);
    expect(encodeExamples([example('a', small), example('a', small)])).toHaveLength(2);
    expect(encodeExamples([example('a', new Uint8Array(4097))])).toEqual([]);
  });

  it('writes files as base64', () => {
    expect(encodeExamples([example('a', new Uint8Array([1, 2, 3]))])[0]?.input).toEqual({ image: { base64: 'AQID' } });
  });
});
