import { afterEach, describe, expect, it } from 'vitest';
import type { GoldenSet, ModelPackage } from '@web-single/model-package';
import type { Signature } from '@web-single/signature';
import { endless, fixtureModel, linear, lookup, mixing } from '../testing/fixture-model.ts';
import { startEngine } from './start-engine.ts';
import type { StartedEngine } from './start-engine.ts';
import type { StartEngineOptions } from './start-options.ts';

const golden = (cases: GoldenSet['cases']): GoldenSet => ({
  producer: { name: 'test' },
  tolerance: { absolute: 1e-5, relative: 0 },
  cases,
});
const right = { input: { x: [0, 0, 0, 1] }, output: { label: 'blue', scores: [0.75, 1, 1.25] } };

describe('startEngine', () => {
  const running: StartedEngine[] = [];
  afterEach(() => Promise.all(running.splice(0).map(({ engine }) => engine.close())));
  const start = async (model: ModelPackage, options?: StartEngineOptions): Promise<StartedEngine> => {
    const started = await startEngine(model, options);
    running.push(started);
    return started;
  };

  it('proves a version by its golden cases and measures it', async () => {
    const { goldenReport, calibration } = await start(
      fixtureModel('linear', linear, { golden: golden([right, right]) }),
    );

    expect(goldenReport).toEqual({ cases: 2, failures: [] });
    expect(calibration.curve[0]).toMatchObject({ rows: 1 });
    expect(calibration.maxRows).toBeGreaterThan(1);
  });

  it('refuses a version that answers a golden case otherwise, and says which and how', async () => {
    const wrong = { ...right, output: { scores: [0.75, 2, 1.25] } };

    await expect(startEngine(fixtureModel('linear', linear, { golden: golden([right, wrong]) }))).rejects.toMatchObject(
      {
        code: 'INVALID_PACKAGE',
        problems: [
          {
            where: 'golden.jsonl',
            message: 'Golden case 2 of "linear" v1: output "scores"[1] expected 2 ± 0.00001, got 1.',
          },
        ],
      },
    );
  });

  it('starts it all the same where failures are only to be reported, and names them', async () => {
    const wrong = { ...right, output: { scores: [0.75, 2, 1.25] } };
    const model = fixtureModel('linear', linear, { golden: golden([wrong]) });
    const { engine, goldenReport } = await start(model, { goldenFailures: 'report' });

    expect(goldenReport.failures).toHaveLength(1);
    expect(engine.status().state).toBe('ready');
  });

  it('refuses a golden case that the signature refuses', async () => {
    const strange = { input: { x: [1] }, output: {} };

    await expect(startEngine(fixtureModel('linear', linear, { golden: golden([strange]) }))).rejects.toThrow(
      'Golden case 1 of "linear" v1: input "x',
    );
  });

  it('refuses a file that is no model, without its path', async () => {
    const model = fixtureModel('linear', linear, { rewrittenModel: Buffer.from('<html>') });

    await expect(startEngine(model)).rejects.toMatchObject({
      code: 'INVALID_PACKAGE',
      message: expect.not.stringContaining('/'),
    });
  });

  it('refuses a graph that takes other inputs than the package says', async () => {
    const model = fixtureModel('lookup', { ...lookup, inputs: { position: ['int32', ['batch']] } });

    await expect(startEngine(model)).rejects.toThrow(
      'The package names the input "position", which the graph does not have.',
    );
  });

  it('refuses a model whose first run never ends', async () => {
    const model = fixtureModel('endless', endless, { golden: golden([{ input: { x: -1 }, output: { y: 0 } }]) });

    await expect(startEngine(model, { loadTimeoutMs: 2_500 })).rejects.toThrow(
      'did not load and answer its first row within 2500 ms',
    );
  });

  it('serves a model that does not survive rows of its own making, in a process, and warns', async () => {
    const signature: Signature = { input: { x: { type: 'number' } }, output: { y: { type: 'number' } } };

    const { engine, warnings } = await start(fixtureModel('endless', endless, { signature }), {
      goldenTimeoutMs: 2_500,
    });

    expect(engine.placement).toBe('process');
    expect(warnings).toEqual([expect.stringContaining('is never answered: add golden cases')]);
    const { outcomes } = await engine.predict([{ x: 1 }], performance.now() + 10_000);
    expect(outcomes).toMatchObject([{ outputs: {} }]);
  });

  it('refuses a model that needs more memory than it may have', async () => {
    await expect(startEngine(fixtureModel('linear', linear), { maxRssBytes: 1_000_000 })).rejects.toMatchObject({
      code: 'INVALID_PACKAGE',
    });
  });

  it('finds a model whose rows decide for each other which branch is taken', async () => {
    const { calibration, warnings } = await start(fixtureModel('branching', mixing));

    expect(calibration.maxRows).toBe(1);
    expect(warnings.join('\n')).toContain('The output "y" of a row depends on the rows beside it');
  });

  it('only warns where rows of its own making fail', async () => {
    const text = { ...linear, inputs: { x: ['float32', ['batch', 4]] } } as const;
    const model = fixtureModel('linear', text, { signature: { input: { y: { type: 'number' } }, output: {} } });

    const { warnings } = await start(model, { placement: 'process' });

    expect(warnings.join('\n')).toContain('Add golden cases');
  });

  it('loads rewritten bytes and leaves nothing behind', async () => {
    const { readFile } = await import('node:fs/promises');
    const source = fixtureModel('linear', linear);
    const rewrittenModel = await readFile(source.modelPath);

    const { engine } = await start(
      { ...source, modelPath: '/nowhere/model.onnx', rewrittenModel },
      { placement: 'inline' },
    );

    const { outcomes } = await engine.predict([right.input], performance.now() + 10_000);
    expect(outcomes).toMatchObject([{ outputs: { label: 'blue' } }]);
  });
});
