import { afterEach, describe, expect, it } from 'vitest';
import type { ModelPackage } from '@web-single/model-package';
import { createData, tensor } from '@web-single/tensor';
import type { Dtype, Row, Tensor } from '@web-single/tensor';
import type { Engine, RowOutcome } from './engine.ts';
import { fixtureModel, linear, lookup, mixing, single, summary, targets, dtypes } from './testing/fixture-model.ts';

const farAway = (): number => performance.now() + 60_000;

const floats = (shape: readonly number[], ...values: readonly number[]): Tensor =>
  tensor('float32', shape, Float32Array.from(values));

const ramp = (rows: number, width: number): Tensor =>
  floats([rows, width], ...Array.from({ length: rows * width }, (_, index) => (index % 17) / 4));

const outputsOf = (outcome: RowOutcome | undefined): Row => {
  if (outcome && 'outputs' in outcome) return outcome.outputs;
  throw new Error(`No outputs: ${JSON.stringify(outcome)}`);
};

/** What every engine must do with calls at the tensor level, whatever its placement. */
export const describeTensorCalls = (name: string, start: (model: ModelPackage) => Promise<Engine>): void => {
  describe(`${name}, at the tensor level`, () => {
    const engines: Engine[] = [];
    const started = async (model: ModelPackage): Promise<Engine> => {
      const engine = await start(model);
      engines.push(engine);
      return engine;
    };
    afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));

    it('answers what the session gives, batch dim included', async () => {
      const engine = await started(fixtureModel('linear', linear));

      const { outcomes } = await engine.predictTensors([{ x: floats([2, 4], 10, 0, 0, 0, 0, 0, 0, 1) }], farAway());

      expect(outcomes.map(outputsOf)).toEqual([
        {
          label: tensor('string', [2], ['blue', 'blue']),
          scores: floats([2, 3], -4.875, -3.5, -2.125, 0.75, 1, 1.25),
        },
      ]);
    });

    it('answers calls that run together as it answers each alone', async () => {
      const engine = await started(fixtureModel('linear', linear));
      const calls = [1, 3, 2].map((rows) => ({ x: ramp(rows, 4) }));

      const together = await engine.predictTensors(calls, farAway());
      const alone = await Promise.all(calls.map((call) => engine.predictTensors([call], farAway())));

      expect(together.outcomes).toEqual(alone.flatMap(({ outcomes }) => outcomes));
    });

    it('answers a call longer than its batches whole', async () => {
      const engine = await started(fixtureModel('linear', linear, { batching: { maxRows: 4, maxDelayMs: 0 } }));
      const rows = 11;

      const { outcomes } = await engine.predictTensors([{ x: ramp(rows, 4) }], farAway());

      const { label, scores } = outputsOf(outcomes[0]) as { label: Tensor; scores: Tensor };
      expect([label.shape, scores.shape]).toEqual([[rows], [rows, 3]]);
      const last = await engine.predictTensors(
        [{ x: floats([1, 4], ...[...ramp(rows, 4).data].slice(-4).map(Number)) }],
        farAway(),
      );
      expect([...scores.data].slice(-3)).toEqual([...(outputsOf(last.outcomes[0])['scores'] as Tensor).data]);
    });

    it('runs a call whole where rows mix, where an output is of the whole batch, and where it lies on another axis', async () => {
      const [mixer, summer, across] = [
        await started(fixtureModel('mixing', mixing)),
        await started(fixtureModel('summary', summary)),
        await started(fixtureModel('targets', targets)),
      ];

      const mixed = await mixer.predictTensors(
        [{ x: floats([2, 2], 1, 2, 3, 6) }, { x: floats([1, 2], 9, 9) }],
        farAway(),
      );
      const sums = await summer.predictTensors([{ x: floats([3], 1, 2, 3) }], farAway());
      const both = await across.predictTensors([{ x: ramp(2, 3) }, { x: ramp(1, 3) }], farAway());

      expect(mixed.outcomes.map(outputsOf)).toEqual([{ y: floats([2, 2], -1, -2, 1, 2) }, { y: floats([1, 2], 0, 0) }]);
      expect(sums.outcomes.map(outputsOf)).toEqual([{ sum: floats([], 6) }]);
      expect(both.outcomes.map((outcome) => (outputsOf(outcome)['both'] as Tensor).shape)).toEqual([
        [2, 2, 3],
        [2, 1, 3],
      ]);
    });

    it('takes and gives the fixed batch of one as it is', async () => {
      const engine = await started(fixtureModel('single', single, { batchable: false }));

      const { outcomes } = await engine.predictTensors([{ x: floats([1, 4], 0, 0, 0, 10) }], farAway());

      expect(outputsOf(outcomes[0])).toEqual({ y: floats([1, 3], 6.25, 7.5, 8.75) });
    });

    it('fails only the call that makes the run throw, without saying where', async () => {
      const engine = await started(fixtureModel('lookup', lookup));
      const index = (...values: bigint[]): Row => ({
        index: tensor('int64', [values.length], BigInt64Array.from(values)),
      });

      const { outcomes } = await engine.predictTensors(
        [index(0n, 1n), index(9n), index(2n)] as Record<string, Tensor>[],
        farAway(),
      );

      expect([outcomes[0], outcomes[2]].map(outputsOf)).toEqual([
        { found: floats([2], 1.5, 2.5) },
        { found: floats([1], 3.5) },
      ]);
      expect(outcomes[1]).toMatchObject({ failure: { code: 'INFERENCE_FAILED' } });
      expect(JSON.stringify(outcomes[1])).not.toMatch(/\/|\.cc|Gather/);
    });

    it('carries every dtype, to the bit', async () => {
      const engine = await started(fixtureModel('dtypes', dtypes));
      const call = Object.fromEntries(
        Object.entries(dtypes.inputs).map(([input, [dtype]]) => [input, tensor(dtype, [2], valuesOf(dtype) as never)]),
      );

      const { outcomes } = await engine.predictTensors([call], farAway());

      const outputs = outputsOf(outcomes[0]);
      for (const [input, sent] of Object.entries(call)) expect(outputs[`${input}_out`]).toEqual(sent);
    });

    it('refuses a call whose deadline has passed', async () => {
      const engine = await started(fixtureModel('linear', linear));

      await expect(engine.predictTensors([{ x: ramp(1, 4) }], performance.now() - 1)).rejects.toMatchObject({
        code: 'DEADLINE_EXCEEDED',
      });
    });
  });
};

/** Two elements that a wrong class, a rounding or a sign would change: all bits set but one, and one. */
const valuesOf = (dtype: Dtype): unknown => {
  if (dtype === 'string') return ['Tromsø', ''];
  if (dtype === 'bool') return Uint8Array.from([1, 0]);
  const data = createData(dtype, 2) as Uint8Array;
  new Uint8Array(data.buffer).fill(0x7b);
  return data;
};
