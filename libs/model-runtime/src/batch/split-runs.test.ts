import { readFileSync } from 'node:fs';
import { openPackage } from '@web-single/model-package';
import type { Row } from '@web-single/tensor';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { engineModelOf } from '../engine-model.ts';
import type { EngineModel } from '../engine-model.ts';
import { loadModel } from '../loaded-model.ts';

const fixture = (name: string): string => new URL(`../../fixtures/${name}.onnx`, import.meta.url).pathname;
const openFixture = async (name: string): Promise<EngineModel> => engineModelOf(await openPackage(fixture(name), {}));

const row = { city: 'Oslo', length: 1.5, size: 'M', count: 3, width: -2 };
const samples: readonly Row[] = [row, { ...row, city: 'Bergen', length: null }, { ...row, size: 'S', count: -1 }];

describe('a model that runs split', () => {
  it('answers every row as the whole graph does, to the bit', async () => {
    const model = await openFixture('split');
    const split = await loadModel(model, { sampleRows: samples });
    const whole = await loadModel(model, { layout: { ...split.layout, isSplit: false } });
    const value = fc.record<Row>({
      city: fc.constantFrom('Oslo', 'Bergen', 'Ålesund', ''),
      size: fc.oneof(fc.constantFrom('S', 'M', 'L'), fc.string({ maxLength: 300 }), fc.constant(null)),
      length: fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(null, 1e300, Infinity)),
      width: fc.float(),
      count: fc.oneof(fc.integer(), fc.constantFrom(null, 1.5, 'three')),
    });

    expect(split.layout.isSplit).toBe(true);
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 6 }), async (rows) => {
        expect((await split.runBatch(rows)).outcomes).toEqual((await whole.runBatch(rows)).outcomes);
      }),
      { seed: 5, numRuns: 300 },
    );
    await Promise.all([split.release(), whole.release()]);
  });

  it('is loaded whole where the parts mix rows, or do not give what the whole graph gives', async () => {
    const mixing = await openFixture('split-mixing');
    const sound = await openFixture('split');
    const { rest, text } = sound.split!;
    const [block] = rest.blocks;
    const swapped = { ...rest, blocks: [{ ...block!, columns: [...block!.columns].reverse() }] };
    const broken = { ...rest, model: readFileSync(fixture('linear')) };

    const layouts = [];
    for (const model of [
      mixing,
      { ...sound, split: { text: text!, rest: swapped } },
      { ...sound, split: { text: text!, rest: broken } },
    ]) {
      const loaded = await loadModel(model, { sampleRows: samples });
      layouts.push(loaded.layout.isSplit);
      expect((await loaded.runBatch([row])).outcomes).toMatchObject([
        { outputs: { best: expect.any(Number) as number } },
      ]);
      await loaded.release();
    }
    expect(layouts).toEqual([false, false, false]);
  });

  it('is loaded whole where no row shows that both give the same', async () => {
    const loaded = await loadModel(await openFixture('split'), {});

    expect(loaded.layout.isSplit).toBe(false);
    await loaded.release();
  });
});
