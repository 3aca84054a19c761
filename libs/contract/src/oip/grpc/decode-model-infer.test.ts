import { describe, expect, it } from 'vitest';
import { codeThrownBy, inferInput, inferMessage } from '../../testing/infer-message.ts';
import type { WireTensor } from '../message.ts';
import { decodeModelInfer, wantsTypedContents } from './decode-model-infer.ts';

const float32Bytes = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer);

function valuesOf(tensor: WireTensor | undefined): unknown[] {
  if (tensor === undefined) return [];
  return tensor.datatype === 'BYTES'
    ? tensor.elements.map((element) => new TextDecoder().decode(element))
    : Array.from(tensor.tensor.data as Iterable<unknown>);
}

describe('decodeModelInfer, raw contents', () => {
  it('reads them in the order of the inputs', () => {
    const request = decodeModelInfer(
      inferMessage({
        inputs: [inferInput({ name: 'a' }), inferInput({ name: 'b', datatype: 'INT8', shape: [3n] })],
        rawInputContents: [float32Bytes(1.5, -2), Uint8Array.of(1, 2, 255)],
      }),
    );

    expect(request.inputs.map(({ name, shape }) => ({ name, shape }))).toEqual([
      { name: 'a', shape: [2] },
      { name: 'b', shape: [3] },
    ]);
    expect(request.inputs.map(valuesOf)).toEqual([
      [1.5, -2],
      [1, 2, -1],
    ]);
  });

  it('keeps aligned bytes where they are', () => {
    const bytes = float32Bytes(1, 2);

    const [tensor] = decodeModelInfer(inferMessage({ inputs: [inferInput()], rawInputContents: [bytes] })).inputs;

    expect(tensor?.datatype === 'FP32' && tensor.tensor.data).toHaveProperty('buffer', bytes.buffer);
  });

  it('copies bytes at an odd offset', () => {
    const bytes = new Uint8Array([0, ...float32Bytes(1, 2)]).subarray(1);

    const { inputs } = decodeModelInfer(inferMessage({ inputs: [inferInput()], rawInputContents: [bytes] }));

    expect(valuesOf(inputs[0])).toEqual([1, 2]);
  });

  it('takes FP16 bit by bit', () => {
    const input = inferInput({ datatype: 'FP16', shape: [1n, 2n] });

    const { inputs } = decodeModelInfer(
      inferMessage({ inputs: [input], rawInputContents: [Uint8Array.of(1, 0, 0, 0x7c)] }),
    );

    expect(valuesOf(inputs[0])).toEqual([1, 0x7c00]);
  });

  it('splits BYTES at their length prefixes', () => {
    const raw = Uint8Array.of(2, 0, 0, 0, 104, 105, 0, 0, 0, 0);

    const { inputs } = decodeModelInfer(
      inferMessage({ inputs: [inferInput({ datatype: 'BYTES' })], rawInputContents: [raw] }),
    );

    expect(valuesOf(inputs[0])).toEqual(['hi', '']);
  });

  it.each([
    ['a prefix beyond the end', [9, 0, 0, 0, 104]],
    ['the largest prefix', [255, 255, 255, 255, 104]],
    ['half a prefix', [1, 0, 0]],
    ['too few elements', [1, 0, 0, 0, 104]],
    ['bytes left over', [0, 0, 0, 0, 0, 0, 0, 0, 7]],
    ['nothing', []],
  ])('refuses BYTES with %s', (_name, bytes) => {
    const message = inferMessage({
      inputs: [inferInput({ datatype: 'BYTES' })],
      rawInputContents: [Uint8Array.from(bytes)],
    });

    expect(codeThrownBy(() => decodeModelInfer(message))).toBe('INVALID_REQUEST');
  });

  it('refuses more BYTES elements than a request may have, over all inputs', () => {
    const count = 2 ** 16 + 1;
    const inputs = ['x', 'y'].map((name) => inferInput({ name, datatype: 'BYTES', shape: [BigInt(count)] }));
    const rawInputContents = [new Uint8Array(4 * count), new Uint8Array(4 * count)];

    expect(codeThrownBy(() => decodeModelInfer(inferMessage({ inputs, rawInputContents })))).toBe('PAYLOAD_TOO_LARGE');
  });

  it.each([7, 9, 0])('refuses %d bytes for FP32 [2]', (length) => {
    const message = inferMessage({ inputs: [inferInput()], rawInputContents: [new Uint8Array(length)] });

    expect(codeThrownBy(() => decodeModelInfer(message))).toBe('INVALID_REQUEST');
  });

  it('refuses a bool that is neither 0 nor 1', () => {
    const message = inferMessage({
      inputs: [inferInput({ datatype: 'BOOL' })],
      rawInputContents: [Uint8Array.of(0, 2)],
    });

    expect(codeThrownBy(() => decodeModelInfer(message))).toBe('INVALID_REQUEST');
  });

  it('refuses contents beside them, in the words clients compare', () => {
    const message = inferMessage({
      inputs: [inferInput({ contents: { fp32Contents: [1, 2] } })],
      rawInputContents: [float32Bytes(1, 2)],
    });

    expect(() => decodeModelInfer(message)).toThrow(
      /^contents field must not be specified when using raw_input_contents for 'x' for model 'echo'$/,
    );
  });

  it.each([0, 2])('refuses one entry for %d inputs', (count) => {
    const message = inferMessage({
      inputs: Array.from({ length: count }, (_, index) => inferInput({ name: `x${index}` })),
      rawInputContents: [float32Bytes(1, 2)],
    });

    expect(codeThrownBy(() => decodeModelInfer(message))).toBe('INVALID_REQUEST');
  });
});

describe('decodeModelInfer, typed contents', () => {
  it.each([
    ['BOOL', { boolContents: [true, false] }, [1, 0]],
    ['INT8', { intContents: [-128, 127] }, [-128, 127]],
    ['INT16', { intContents: [-32768, 32767] }, [-32768, 32767]],
    ['INT32', { intContents: [-(2 ** 31), 2 ** 31 - 1] }, [-(2 ** 31), 2 ** 31 - 1]],
    ['INT64', { int64Contents: [-(2n ** 63n), 2n ** 63n - 1n] }, [-(2n ** 63n), 2n ** 63n - 1n]],
    ['UINT8', { uintContents: [0, 255] }, [0, 255]],
    ['UINT16', { uintContents: [0, 65535] }, [0, 65535]],
    ['UINT32', { uintContents: [0, 2 ** 32 - 1] }, [0, 2 ** 32 - 1]],
    ['UINT64', { uint64Contents: [0n, 2n ** 64n - 1n] }, [0n, 2n ** 64n - 1n]],
    ['FP32', { fp32Contents: [0.5, Number.NaN] }, [0.5, Number.NaN]],
    ['FP64', { fp64Contents: [0.1, -Infinity] }, [0.1, -Infinity]],
    ['BYTES', { bytesContents: [Uint8Array.of(104, 105), new Uint8Array(0)] }, ['hi', '']],
  ])('reads %s from its own field', (datatype, contents, expected) => {
    const { inputs } = decodeModelInfer(inferMessage({ inputs: [inferInput({ datatype, contents })] }));

    expect(inputs[0]?.datatype).toBe(datatype);
    expect(valuesOf(inputs[0])).toEqual(expected);
  });

  it.each([
    ['INT8', { intContents: [0, 128] }],
    ['INT8', { intContents: [-129, 0] }],
    ['INT16', { intContents: [0, 32768] }],
    ['UINT8', { uintContents: [0, 256] }],
    ['UINT16', { uintContents: [65536, 0] }],
  ])('refuses what %s cannot hold: %j', (datatype, contents) => {
    const message = inferMessage({ inputs: [inferInput({ datatype, contents })] });

    expect(codeThrownBy(() => decodeModelInfer(message))).toBe('INPUT_MISMATCH');
  });

  it.each([
    ['too few elements', { fp32Contents: [1] }],
    ['too many elements', { fp32Contents: [1, 2, 3] }],
    ['another field', { fp64Contents: [1, 2] }],
    ['another field besides', { fp32Contents: [1, 2], intContents: [1] }],
    ['none at all', {}],
  ])('refuses %s', (_name, contents) => {
    const message = inferMessage({ inputs: [inferInput({ contents })] });

    expect(codeThrownBy(() => decodeModelInfer(message))).toBe('INPUT_MISMATCH');
  });

  it('takes a tensor of no elements, and a request of no inputs', () => {
    const empty = inferInput({ shape: [0n, 4n] });

    expect(decodeModelInfer(inferMessage({ inputs: [empty] })).inputs[0]?.shape).toEqual([0, 4]);
    expect(decodeModelInfer(inferMessage({})).inputs).toEqual([]);
  });

  it('refuses FP16, which travels raw only', () => {
    const message = inferMessage({ inputs: [inferInput({ datatype: 'FP16', contents: { fp32Contents: [1, 2] } })] });

    expect(() => decodeModelInfer(message)).toThrow(/raw_input_contents/);
  });
});

describe('decodeModelInfer, heads', () => {
  it('says that BF16 cannot be run', () => {
    const message = inferMessage({ inputs: [inferInput({ datatype: 'BF16' })], rawInputContents: [new Uint8Array(4)] });

    expect(codeThrownBy(() => decodeModelInfer(message))).toBe('INPUT_MISMATCH');
    expect(() => decodeModelInfer(message)).toThrow(/BF16/);
  });

  it.each([[[-1n, 2n]], [[2n ** 53n]], [[2n ** 62n, 2n ** 62n]], [[2n ** 30n, 2n ** 30n]]])(
    'refuses the shape %s before any memory is taken',
    (shape) => {
      const message = inferMessage({ inputs: [inferInput({ shape })], rawInputContents: [new Uint8Array(8)] });

      expect(codeThrownBy(() => decodeModelInfer(message))).toBe('INVALID_REQUEST');
    },
  );

  it.each(['FLOAT', 'fp32', '', 'constructor'])('refuses the datatype %j', (datatype) => {
    const message = inferMessage({ inputs: [inferInput({ datatype })], rawInputContents: [new Uint8Array(8)] });

    expect(codeThrownBy(() => decodeModelInfer(message))).toBe('INVALID_REQUEST');
  });

  it('keeps id, parameters and wanted outputs; 64-bit integers exactly', () => {
    const request = decodeModelInfer(
      inferMessage({
        id: 'r-1',
        parameters: {
          priority: { parameterChoice: { case: 'uint64Param', value: 1n } },
          big: { parameterChoice: { case: 'int64Param', value: 2n ** 60n } },
          word: { parameterChoice: { case: 'stringParam', value: 'w' } },
          typed_contents: { parameterChoice: { case: 'boolParam', value: true } },
        },
        outputs: [
          { name: 'y', parameters: { classification: { parameterChoice: { case: 'int64Param', value: 3n } } } },
          { name: 'z' },
        ],
      }),
    );

    expect(request).toEqual({
      id: 'r-1',
      inputs: [],
      outputs: [{ name: 'y', classes: 3 }, { name: 'z' }],
      parameters: { priority: 1, big: 2n ** 60n, word: 'w' },
    });
  });

  it('leaves out what was not sent', () => {
    expect(decodeModelInfer(inferMessage({}))).toEqual({ inputs: [], parameters: {} });
  });

  it.each([0n, -1n])('refuses classification %d', (value) => {
    const parameters = { classification: { parameterChoice: { case: 'int64Param' as const, value } } };

    expect(codeThrownBy(() => decodeModelInfer(inferMessage({ outputs: [{ name: 'y', parameters }] })))).toBe(
      'INVALID_REQUEST',
    );
  });

  it('refuses a parameter without a value', () => {
    expect(codeThrownBy(() => decodeModelInfer(inferMessage({ parameters: { empty: {} } })))).toBe('INVALID_REQUEST');
  });

  it('takes nothing from shared memory and writes nothing there', () => {
    const region = { shared_memory_region: { parameterChoice: { case: 'stringParam' as const, value: 'r' } } };

    for (const init of [
      { inputs: [inferInput({ parameters: region })] },
      { outputs: [{ name: 'y', parameters: region }] },
    ])
      expect(codeThrownBy(() => decodeModelInfer(inferMessage(init)))).toBe('NOT_IMPLEMENTED');
  });
});

describe('wantsTypedContents', () => {
  const asked = (parameterChoice: object) =>
    wantsTypedContents(inferMessage({ parameters: { typed_contents: { parameterChoice: parameterChoice as never } } }));

  it('is what the request parameter says, false without one', () => {
    expect(wantsTypedContents(inferMessage({}))).toBe(false);
    expect(asked({ case: 'boolParam', value: true })).toBe(true);
    expect(asked({ case: 'boolParam', value: false })).toBe(false);
  });

  it('refuses what is no boolean', () => {
    expect(codeThrownBy(() => asked({ case: 'stringParam', value: 'true' }))).toBe('INVALID_REQUEST');
  });
});
