import { afterEach, describe, expect, it } from 'vitest';
import type { ModelPackage } from '@web-single/model-package';
import type { Row } from '@web-single/tensor';
import type { Engine, RowOutcome } from './engine.ts';
import {
  columns,
  fixtureModel,
  linear,
  lookup,
  mixing,
  sequence,
  single,
  summary,
  targets,
} from './testing/fixture-model.ts';

/** In a minute: what is not about deadlines must not meet one. */
const farAway = (): number => performance.now() + 60_000;

const outputsOf = (outcomes: readonly RowOutcome[]): readonly (Row | undefined)[] =>
  outcomes.map((outcome) => ('outputs' in outcome ? outcome.outputs : undefined));

/** What every engine must do, whatever its placement. `start` proves nothing about the placement itself. */
export const describeEngine = (name: string, start: (model: ModelPackage) => Promise<Engine>): void => {
  describe(name, () => {
    const engines: Engine[] = [];
    const started = async (model: ModelPackage): Promise<Engine> => {
      const engine = await start(model);
      engines.push(engine);
      return engine;
    };
    afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));

    it('answers rows in their order, strings and arrays without the batch dim', async () => {
      const engine = await started(fixtureModel('linear', linear));

      const { outcomes, timing } = await engine.predict([{ x: [10, 0, 0, 0] }, { x: [0, 0, 0, 1] }], farAway());

      expect(outputsOf(outcomes)).toMatchObject([
        { label: 'blue', scores: { shape: [3] } },
        { label: 'blue', scores: { shape: [3], data: Float32Array.from([0.75, 1, 1.25]) } },
      ]);
      expect(timing.runMs).toBeGreaterThan(0);
    });

    it('answers a batch as it answers single rows', async () => {
      const engine = await started(fixtureModel('linear', linear));
      const rows = Array.from({ length: 7 }, (_, index) => ({ x: [index, -index, 0.5 * index, 1] }));

      const batch = await engine.predict(rows, farAway());
      const singles = await Promise.all(rows.map((row) => engine.predict([row], farAway())));

      expect(outputsOf(batch.outcomes)).toEqual(singles.flatMap(({ outcomes }) => outputsOf(outcomes)));
    });

    it('takes one scalar per column, a missing number as NaN, and gives scalars back', async () => {
      const engine = await started(fixtureModel('columns', columns));

      const { outcomes } = await engine.predict(
        [
          { age: 3, city: 'Oslo' },
          { age: null, city: '' },
        ],
        farAway(),
      );

      expect(outputsOf(outcomes)).toEqual([
        { doubled: 6, place: 'Oslo', missing: false },
        { doubled: 0, place: '', missing: true },
      ]);
    });

    it('gives a row that cannot be shaped a problem of its own', async () => {
      const engine = await started(fixtureModel('linear', linear));

      const { outcomes } = await engine.predict([{ x: [1, 2, 3] }, { x: [1, 2, 3, 4] }, {}], farAway());

      expect(outcomes).toMatchObject([
        { problem: { field: 'x' } },
        { outputs: { label: 'blue' } },
        { problem: { field: 'x', got: 'nothing' } },
      ]);
    });

    it('fails only the row that makes the run throw, without saying where', async () => {
      const engine = await started(fixtureModel('lookup', lookup));

      const { outcomes } = await engine.predict([{ index: 0 }, { index: 9 }, { index: 2 }], farAway());

      expect(outputsOf(outcomes)).toEqual([{ found: 1.5 }, undefined, { found: 3.5 }]);
      expect(outcomes[1]).toMatchObject({ failure: { code: 'INFERENCE_FAILED' } });
      expect(JSON.stringify(outcomes[1])).not.toMatch(/\/|\.cc|Gather/);
    });

    it('runs rows of different shapes apart and answers them together', async () => {
      const engine = await started(fixtureModel('sequence', sequence));

      const { outcomes } = await engine.predict(
        [{ tokens: [1, 2] }, { tokens: [1, 2, 3] }, { tokens: [5, 6] }],
        farAway(),
      );

      expect(outputsOf(outcomes)).toMatchObject([{ total: 3 }, { total: 6, echo: { shape: [3] } }, { total: 11 }]);
    });

    it('finds the rows on another axis than the first', async () => {
      const engine = await started(fixtureModel('targets', targets));

      const { outcomes } = await engine.predict([{ x: [1, 2, 3] }, { x: [4, 5, 6] }], farAway());

      expect(outputsOf(outcomes)).toMatchObject([
        { both: { shape: [2, 3], data: Float32Array.from([1, 2, 3, -1, -2, -3]) } },
        { both: { shape: [2, 3], data: Float32Array.from([4, 5, 6, -4, -5, -6]) } },
      ]);
    });

    it('runs each row alone where the batch dim is fixed', async () => {
      const engine = await started(fixtureModel('single', single, { batchable: false }));

      const { outcomes } = await engine.predict([{ x: [1, 0, 0, 0] }, { x: [0, 0, 0, 10] }], farAway());

      expect(engine.maxRows).toBe(1);
      expect(outputsOf(outcomes)).toMatchObject([
        { y: { shape: [3] } },
        { y: { shape: [3], data: Float32Array.from([6.25, 7.5, 8.75]) } },
      ]);
    });

    it('switches batching off for a model that mixes its rows, or answers the batch as a whole', async () => {
      const [mixer, summer] = [
        await started(fixtureModel('mixing', mixing)),
        await started(fixtureModel('summary', summary)),
      ];

      expect([mixer.maxRows, summer.maxRows]).toEqual([1, 1]);
      const { outcomes } = await summer.predict([{ x: 1 }, { x: 2 }], farAway());
      expect(outputsOf(outcomes)).toEqual([{ sum: 1 }, { sum: 2 }]);
    });

    it('refuses a batch whose deadline has passed', async () => {
      const engine = await started(fixtureModel('linear', linear));

      await expect(engine.predict([{ x: [1, 2, 3, 4] }], performance.now() - 1)).rejects.toMatchObject({
        code: 'DEADLINE_EXCEEDED',
      });
    });

    it('finishes what runs, then closes, once', async () => {
      const engine = await started(fixtureModel('linear', linear));

      const running = engine.predict([{ x: [1, 2, 3, 4] }], farAway());
      await Promise.all([engine.close(), engine.close()]);

      expect((await running).outcomes).toHaveLength(1);
      expect(engine.status().state).toBe('closed');
      await expect(engine.predict([{ x: [1, 2, 3, 4] }], farAway())).rejects.toMatchObject({
        code: 'ENGINE_UNAVAILABLE',
      });
    });
  });
};
