import { describe, expect, it } from 'vitest';
import { loadOnnxRuntime } from './onnx-runtime.ts';
import { toOrtTensor } from './ort-tensor.ts';

describe('toOrtTensor', () => {
  it.each([0, 4, 8, 12, 16, 20])('gives the runtime aligned memory for data at offset %i', async (offset) => {
    const ort = await loadOnnxRuntime();
    const data = new Float32Array(new ArrayBuffer(64), offset, 3);
    data.set([1, -0, NaN]);

    const wrapped = toOrtTensor(ort, { dtype: 'float32', shape: [3], data });

    const given = wrapped.data as Float32Array;
    expect(given.byteOffset % 16).toBe(0);
    expect(given).toEqual(data);
    expect(given.buffer === data.buffer).toBe(offset % 16 === 0);
  });

  it('copies what lies in a Buffer, too', async () => {
    const ort = await loadOnnxRuntime();
    const buffer = Buffer.from(new ArrayBuffer(8), 1, 2);
    buffer.set([1, 0]);

    const { data } = toOrtTensor(ort, { dtype: 'uint8', shape: [2], data: buffer });

    buffer.fill(9);
    expect([...(data as Uint8Array)]).toEqual([1, 0]);
  });
});
