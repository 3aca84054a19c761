import { describe, expect, it } from 'vitest';
import type { Tensor } from '@web-single/tensor';
import { fixtureModel, single } from '../testing/fixture-model.ts';
import { openSession } from './session.ts';
import { describeLoadFailure, describeRunFailure, isUnavoidable } from './session-error.ts';

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

  it.each([
    [
      'Load model from /a/m.onnx failed:Type Error: Type parameter (T) of Optype (Concat) bound to different types (tensor(float) and tensor(double) in node (Concat2).',
      'An operator "Concat" is given float beside double',
    ],
    [
      'Load model from /a/m.onnx failed:Type Error: Type (tensor(double)) of output arg (variable) of node (TreeEnsembleRegressor) does not match expected type (tensor(float)).',
      'An output is declared double, but its operator gives float.',
    ],
    [
      "Load model from /a/m.onnx failed:This is an invalid model. Type Error: Type 'tensor(double)' of input parameter (probabilities) of operator (ZipMap) in node (ZipMap) is invalid.",
      'An operator "ZipMap" is given double, which it does not take.',
    ],
    [
      'This is an invalid model. Error: Duplicate definition of name (y).',
      'Two operators make a value of the same name.',
    ],
    [
      'Load model from /a/m.onnx failed:Fatal error: ai.onnx.preview:FlexAttention(-1) is not a registered function/op',
      'The runtime has no operator "ai.onnx.preview:FlexAttention".',
    ],
    [
      'This is an invalid model. In Node, ("", SwiGLU, "", -1) : ("a": tensor(float)) -> ("y": tensor(float),) , Error No Op registered for SwiGLU with domain_version of 26',
      'The runtime has no operator "SwiGLU".',
    ],
    [
      "Failed to find kernel for Swish(24) (node:'' ep:'CPUExecutionProvider'). Kernel not found",
      'The runtime has no operator "Swish" for such types.',
    ],
    [
      'This is an invalid model. In Node, ("", Attention, "", -1) : ("Q": tensor(float)) -> ("Y": tensor(float),) , Error Unrecognized attribute: left_window_size for operator Attention',
      'The runtime knows no attribute "left_window_size" of operator "Attention".',
    ],
    [
      'Exception during initialization: /a/lstm_base.h:53 layout_ == 0 was false. Batchwise recurrent operations (layout == 1) are not supported.',
      'A recurrent operator has layout 1',
    ],
    ['something new', 'The runtime refused the graph'],
  ])('of graphs that exporters get wrong say what is wrong and what to do: %s', (text, said) => {
    expect(describeLoadFailure(new Error(text))).toContain(said);
    expect(describeLoadFailure(new Error(text))).toMatch(/[Ee]xport (it|the model) again/);
  });

  it.each([
    ['ReduceMax is not defined for empty set with bool type', false, true],
    [
      'Non-zero status code returned while running ConvInteger node. Non per-tensor quantization is not supported now.',
      false,
      true,
    ],
    ['Non-zero status code returned while running Mod node. /a/b.cc:2279 fmod was false.', true, true],
    ['indices element out of data bounds, idx=9', false, false],
  ])(
    'of runs tell what every input, or every one of these shapes, would bring: %s',
    (text, always, withFixedShapes) => {
      const message = describeRunFailure(new Error(text));

      expect([isUnavoidable(message, false), isUnavoidable(message, true)]).toEqual([always, withFixedShapes]);
      expect(message).not.toMatch(/b\.cc/);
    },
  );

  it('name the file by its own name', async () => {
    await expect(openSession(fixtureModel('no-such-file', single))).rejects.toMatchObject({
      problems: [{ where: 'no-such-file.onnx' }],
    });
  });
});
