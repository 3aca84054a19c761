import { describe, expect, it } from 'vitest';
import type { Tensor } from '@web-single/tensor';
import { fixtureModel } from '../testing/fixture-model.ts';
import { openSession } from './session.ts';
import { describeLoadFailure, describeRunFailure } from './session-error.ts';

const tensors: Readonly<Record<string, Tensor>> = Object.fromEntries(
  (
    [
      { dtype: 'bool', shape: [2], data: Uint8Array.of(1, 0) },
      { dtype: 'int8', shape: [2], data: Int8Array.of(-128, 127) },
      { dtype: 'uint8', shape: [2], data: Uint8Array.of(0, 255) },
      { dtype: 'int16', shape: [2], data: Int16Array.of(-32768, 1) },
      { dtype: 'uint16', shape: [2], data: Uint16Array.of(65535, 1) },
      { dtype: 'int32', shape: [2], data: Int32Array.of(-(2 ** 31), 1) },
      { dtype: 'uint32', shape: [2], data: Uint32Array.of(2 ** 32 - 1, 1) },
      { dtype: 'int64', shape: [2], data: BigInt64Array.of(-(2n ** 63n), 1n) },
      { dtype: 'uint64', shape: [2], data: BigUint64Array.of(2n ** 64n - 1n, 1n) },
      { dtype: 'float16', shape: [2], data: Uint16Array.of(0x3c00, 0xfc00) },
      { dtype: 'float32', shape: [2], data: Float32Array.of(NaN, -0) },
      { dtype: 'float64', shape: [2], data: Float64Array.of(Infinity, 1e-300) },
      { dtype: 'string', shape: [2], data: ['', 'Łódź 🐧'] },
    ] satisfies readonly Tensor[]
  ).map((tensor) => [tensor.dtype, tensor]),
);

describe('a session', () => {
  it('carries every dtype in and out, bit for bit', async () => {
    const named = (suffix: string) =>
      Object.fromEntries(Object.values(tensors).map(({ dtype }) => [`${dtype}${suffix}`, [dtype, ['batch']] as const]));
    const session = await openSession(fixtureModel('dtypes', { inputs: named(''), outputs: named('_out') }));

    const outputs = await session.run(tensors);
    await session.release();

    for (const [name, tensor] of Object.entries(tensors)) expect(outputs[`${name}_out`]).toEqual(tensor);
  });
});

describe('messages of the runtime', () => {
  const text =
    'Load model from /home/me/model.onnx failed:/onnxruntime/core/graph/model.cc:181 Protobuf parsing failed.';

  it('are replaced by ours, without path or source line', () => {
    expect(describeLoadFailure(new Error(text))).toBe('The file is not an ONNX model, or it is truncated.');
    expect(describeLoadFailure(new Error('/a/b.cc:1 something new'))).not.toMatch(/b\.cc/);
    expect(describeRunFailure(new Error('/a/b.cc:1 something new'))).not.toMatch(/b\.cc/);
  });
});
