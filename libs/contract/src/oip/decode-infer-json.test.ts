import { describe, expect, it } from 'vitest';
import { decodeInferJson } from './decode-infer-json.ts';
import { errorOf } from './testing/error-of.ts';

const none = new Uint8Array();
const input = { name: 'x', shape: [2], datatype: 'FP32', data: [1, 2] };
const decode = (request: unknown, binary = none) => decodeInferJson(request, binary, 'm');
const withInput = (changes: object) => ({ inputs: [{ ...input, ...changes }] });

describe('decodeInferJson', () => {
  it('reads every member it knows and ignores the others', () => {
    const request = decode({
      id: 'a',
      model_name: 'm',
      parameters: { binary_data_output: true, level: 'row', own: 'x', big: 9007199254740993n },
      inputs: [{ ...input, parameters: { content_type: 'np' }, extra: {} }],
      outputs: [{ name: 'y', parameters: { binary_data: false, classification: 3 } }, { name: 'z' }],
    });

    expect(request).toEqual({
      id: 'a',
      parameters: { binary_data_output: true, level: 'row', own: 'x', big: 9007199254740993n },
      inputs: [
        {
          name: 'x',
          shape: [2],
          datatype: 'FP32',
          parameters: { content_type: 'np' },
          tensor: { dtype: 'float32', shape: [2], data: Float32Array.of(1, 2) },
        },
      ],
      outputs: [{ name: 'y', binary: false, classes: 3 }, { name: 'z' }],
      binaryOutputs: true,
    });
  });

  it('takes no inputs at all, and null for what may be left out', () => {
    expect(decode({ inputs: [], id: null, outputs: null, parameters: null })).toEqual({
      inputs: [],
      parameters: {},
      binaryOutputs: false,
    });
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'The request: expected an object'],
    ['no inputs', {}, '"inputs": expected an array, got nothing'],
    ['an input that is none', { inputs: [3] }, '"inputs[0]": expected an object, got 3'],
    ['an id that is no text', { id: 5, inputs: [] }, '"id"'],
    ['an id of 1,025 characters', { id: 'x'.repeat(1025), inputs: [] }, '"id"'],
    ['parameters in a list', { parameters: [], inputs: [] }, '"parameters" must be an object'],
    ['a parameter that is an object', { parameters: { a: {} }, inputs: [] }, 'the parameter "a"'],
    ['a parameter that is null', { parameters: { a: null }, inputs: [] }, 'the parameter "a"'],
    ['outputs that are no list', { inputs: [], outputs: {} }, '"outputs": expected an array'],
    ['an output without a name', { inputs: [], outputs: [{}] }, '"outputs[0]": expected "name"'],
    [
      'an output with an odd form',
      { inputs: [], outputs: [{ name: 'y', parameters: { binary_data: 1 } }] },
      '"binary_data"',
    ],
    ['no classes', { inputs: [], outputs: [{ name: 'y', parameters: { classification: 0 } }] }, '"classification"'],
    ['fewer classes', { inputs: [], outputs: [{ name: 'y', parameters: { classification: -1 } }] }, '"classification"'],
    ['an empty name', withInput({ name: '' }), 'an empty one'],
    ['an input twice', { inputs: [input, input] }, 'Input "x" is in the request twice'],
    ['an unknown datatype', withInput({ datatype: 'FP8' }), '"datatype"'],
    ['a lower-case datatype', withInput({ datatype: 'fp32' }), 'Did you mean "FP32"?'],
    ['a datatype that objects have', withInput({ datatype: 'constructor' }), '"datatype"'],
    ['FP16 as JSON', withInput({ datatype: 'FP16' }), 'FP16 has no JSON form'],
    ['BF16', withInput({ datatype: 'BF16' }), 'no model here takes BF16'],
    ['neither data nor bytes', withInput({ data: undefined }), 'got neither'],
    ['both data and bytes', withInput({ parameters: { binary_data_size: 8 } }), 'got both'],
    ['a headers parameter', { inputs: [], parameters: { headers: 'x' } }, 'reserved'],
    ['a name of the server', { inputs: [], parameters: { triton_x: 1 } }, 'reserved'],
    ['an odd level', { inputs: [], parameters: { level: 'rows' } }, '"tensor" or "row"'],
    ['an odd form of all outputs', { inputs: [], parameters: { binary_data_output: 'true' } }, 'binary_data_output'],
    ['a negative timeout', { inputs: [], parameters: { timeout: -1 } }, 'timeout'],
    ['half a priority', { inputs: [], parameters: { priority: 0.5 } }, 'priority'],
  ])('refuses %s', (_, request, fragment) => {
    const error = errorOf(() => decode(request));

    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toContain(fragment);
  });

  it.each<[string, unknown]>([
    ['negative', [-1]],
    ['fractional', [1.5]],
    ['huge', [1e308]],
    ['beyond 2^53', [9007199254740993n]],
    ['text', ['2']],
    ['a number', 2],
    ['null', null],
    ['missing', undefined],
    ['a list with null', [null]],
    ['of 65 dims', new Array(65).fill(1)],
    ['nested', [[2]]],
  ])('refuses a shape that is %s', (_, shape) => {
    const error = errorOf(() => decode(withInput({ shape })));

    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toContain('Input "x" of model "m": expected "shape"');
  });

  it('counts elements and bytes before it takes memory', () => {
    const bytes = { data: undefined, parameters: { binary_data_size: 8 } };

    expect(errorOf(() => decode(withInput({ shape: [2 ** 31, 2 ** 31] }))).message).toContain(
      'causes total element count to exceed maximum size of',
    );
    expect(errorOf(() => decode(withInput({ ...bytes, shape: [2 ** 52] }))).message).toContain(
      'byte size overflow for input',
    );
    expect(errorOf(() => decode(withInput({ shape: [2 ** 40] }))).message).toContain('1099511627776 elements');
  });

  it.each([
    [{ parameters: { sequence_id: 7 }, inputs: [] }],
    [{ parameters: { sequence_id: 'a' }, inputs: [] }],
    [{ parameters: { sequence_start: true }, inputs: [] }],
    [withInput({ data: undefined, parameters: { shared_memory_region: 'r', shared_memory_byte_size: 8 } })],
    [{ inputs: [], outputs: [{ name: 'y', parameters: { shared_memory_region: 'r' } }] }],
  ])('says what is not offered: %j', (request) => {
    expect(errorOf(() => decode(request)).code).toBe('NOT_IMPLEMENTED');
  });

  it('takes sequence 0 for none', () => {
    expect(decode({ parameters: { sequence_id: 0, sequence_start: false }, inputs: [] }).inputs).toEqual([]);
  });

  it('names nothing longer than 64 characters and shows no text of the caller', () => {
    const error = errorOf(() => decode(withInput({ name: '\u202e\n'.repeat(5000), data: ['secret', 1] })));

    expect(error.message).toMatch(/element 0: expected a number that fits FP32, or null for NaN, got a string\.$/);
    expect(error.message.length).toBeLessThan(250);
    expect(error.message).not.toMatch(/[\n\u202e]/);
  });

  it.each([
    ['1,025 inputs', { inputs: Array.from({ length: 1025 }, (_, index) => ({ ...input, name: `x${index}` })) }],
    ['1,025 outputs', { inputs: [], outputs: Array.from({ length: 1025 }, (_, index) => ({ name: `y${index}` })) }],
  ])('refuses %s', (_name, request) => {
    expect(errorOf(() => decode(request))).toMatchObject({ code: 'INVALID_REQUEST' });
  });

  describe('BYTES elements of a request, which are an object each', () => {
    const texts = (name: string, count: number) => ({
      name,
      datatype: 'BYTES',
      shape: [count],
      parameters: { binary_data_size: 4 * count },
    });
    const strings = (count: number) => ({ ...texts('z', count), parameters: {}, data: Array<string>(count).fill('') });

    it.each([
      ['behind the JSON', [texts('x', 2 ** 17 + 1)]],
      ['in the JSON', [strings(2 ** 17 + 1)]],
      ['of all inputs together', [texts('x', 2 ** 16), texts('y', 2 ** 15), strings(2 ** 15 + 1)]],
    ])('are refused where there are too many %s', (_name, inputs) => {
      const sizeBytes = inputs.reduce(
        (sum, tensor) => sum + ('binary_data_size' in tensor.parameters ? 4 * tensor.shape[0]! : 0),
        0,
      );

      const error = errorOf(() => decode({ inputs }, new Uint8Array(sizeBytes)));

      expect(error.code).toBe('PAYLOAD_TOO_LARGE');
    });

    it('are taken at the limit', () => {
      const { inputs } = decode({ inputs: [texts('x', 2 ** 17)] }, new Uint8Array(4 * 2 ** 17));

      expect(inputs[0]).toMatchObject({ shape: [2 ** 17] });
    });
  });
});
