import { describe, expect, it } from 'vitest';
import type { OutputField } from '@web-single/signature';
import { numberToFloat16, tensor } from '@web-single/tensor';
import type { Tensor, Value } from '@web-single/tensor';
import { responseFromRows, responseFromTensors } from './infer-response.ts';
import { errorOf } from './testing/error-of.ts';
import { modelOf, modelWithFields, penguins, requestOf } from './testing/oip-models.ts';

const logits = tensor('float32', [2, 3], Float32Array.of(0.1, 0.7, 0.2, 3, NaN, 3));

const textsOf = (response: ReturnType<typeof responseFromRows>): readonly string[] =>
  response.outputs.flatMap((output) =>
    output.datatype === 'BYTES' ? output.elements.map((element) => new TextDecoder().decode(element)) : [],
  );

describe('responseFromTensors', () => {
  it('answers all outputs in the order of the session, sharing their memory', () => {
    const response = responseFromTensors(requestOf({ id: 'a' }), penguins, { logits });

    expect(response).toEqual({
      modelName: 'penguins',
      modelVersion: '2',
      id: 'a',
      outputs: [{ name: 'logits', shape: [2, 3], datatype: 'FP32', tensor: logits }],
    });
    expect(response.outputs[0]).toHaveProperty('tensor', logits);
  });

  it('answers the wanted outputs in the wanted order', () => {
    const specs = ['a', 'b', 'c'].map((name) => ({ name, dtype: 'string' as const, dims: ['n'] }));
    const texts = tensor('string', [1], ['x']);
    const request = requestOf({ outputs: [{ name: 'c' }, { name: 'a' }] });

    const { outputs } = responseFromTensors(request, modelOf([], specs), { a: texts, b: texts, c: texts });

    expect(outputs.map(({ name }) => name)).toEqual(['c', 'a']);
  });

  it('fails where the session did not give an output', () => {
    expect(errorOf(() => responseFromTensors(requestOf(), penguins, {})).code).toBe('INFERENCE_FAILED');
  });

  it('gives the best classes with the labels of the one output that has a column for each', () => {
    const request = requestOf({ outputs: [{ name: 'logits', classes: 2 }] });
    const response = responseFromTensors(request, penguins, { logits });

    expect(response.outputs[0]).toMatchObject({ datatype: 'BYTES', shape: [2, 2] });
    expect(textsOf(response)).toEqual(['0.7:1:Chinstrap', '0.2:2:Gentoo', '3:0:Adelie', '3:2:Gentoo']);
  });
});

describe('responseFromRows', () => {
  const rows = [
    { label: 'Gentoo', probabilities: { Gentoo: 0.5, Adelie: 0.3, Chinstrap: 0.2 } },
    { label: 'Adelie', probabilities: { Adelie: 1, Chinstrap: 0, Gentoo: 0 } },
  ];

  it('answers scores in the order of the labels', () => {
    const { outputs } = responseFromRows(requestOf({ outputs: [{ name: 'probabilities' }] }), penguins, rows);

    expect(outputs).toEqual([
      {
        name: 'probabilities',
        shape: [2, 3],
        datatype: 'FP64',
        tensor: tensor('float64', [2, 3], Float64Array.of(0.3, 0.2, 0.5, 1, 0, 0)),
      },
    ]);
  });

  it('gives the best classes with their labels, at most as many as there are', () => {
    const request = requestOf({ outputs: [{ name: 'probabilities', classes: 100 }] });
    const response = responseFromRows(request, penguins, rows.slice(0, 1));

    expect(response.outputs[0]).toMatchObject({ shape: [1, 3] });
    expect(textsOf(response)).toEqual(['0.5:2:Gentoo', '0.3:0:Adelie', '0.2:1:Chinstrap']);
  });

  const answer = (field: OutputField, ...values: Value[]) =>
    responseFromRows(
      requestOf(),
      modelWithFields({ input: {}, output: { y: field } }),
      values.map((y) => ({ y })),
    ).outputs[0];

  it.each<[string, OutputField, readonly Value[], Tensor]>([
    ['numbers', { type: 'number' }, [0.5, null, NaN], tensor('float64', [3], Float64Array.of(0.5, NaN, NaN))],
    [
      'whole numbers',
      { type: 'number', integer: true },
      [5, 2n ** 62n],
      tensor('int64', [2], BigInt64Array.of(5n, 2n ** 62n)),
    ],
    ['numbers of a dtype', { type: 'number', dtype: 'uint8' }, [255], tensor('uint8', [1], Uint8Array.of(255))],
    ['float16', { type: 'number', dtype: 'float16' }, [0.5], tensor('float16', [1], Uint16Array.of(0x3800))],
    ['booleans', { type: 'boolean' }, [true, false], tensor('bool', [2], Uint8Array.of(1, 0))],
    ['whole categories', { type: 'category', values: [0, 1] }, [1], tensor('int64', [1], BigInt64Array.of(1n))],
    [
      'tensors',
      { type: 'tensor', dtype: 'int8', dims: [2] },
      [[1, 2], tensor('int8', [2], Int8Array.of(3, 4))],
      tensor('int8', [2, 2], Int8Array.of(1, 2, 3, 4)),
    ],
    [
      'bare scalars',
      { type: 'tensor', dtype: 'float32', dims: [] },
      [1, NaN],
      tensor('float32', [2], Float32Array.of(1, NaN)),
    ],
    [
      'bare elements',
      { type: 'tensor', dtype: 'float32', dims: [null] },
      [1],
      tensor('float32', [1, 1], Float32Array.of(1)),
    ],
  ])('answers %s', (_, field, values, expected) => {
    expect(answer(field, ...values)).toMatchObject({ name: 'y', shape: expected.shape, tensor: expected });
  });

  it.each<[string, OutputField, readonly Value[]]>([
    ['a missing whole number', { type: 'number', integer: true }, [null]],
    ['a number out of range', { type: 'number', dtype: 'uint8' }, [256]],
    ['a fraction for a whole number', { type: 'number', integer: true }, [0.5]],
    ['text for a number', { type: 'number' }, ['x']],
    ['an object for text', { type: 'text' }, [{}]],
    ['a missing boolean', { type: 'boolean' }, [null]],
    ['tensors of several shapes', { type: 'tensor', dtype: 'int8', dims: [null] }, [[1], [1, 2]]],
    [
      'a tensor of another dtype',
      { type: 'tensor', dtype: 'int8', dims: [1] },
      [tensor('uint8', [1], Uint8Array.of(1))],
    ],
  ])('fails on %s rather than answer something else', (_, field, values) => {
    expect(errorOf(() => answer(field, ...values)).code).toBe('INFERENCE_FAILED');
  });

  it('answers text, a missing one empty', () => {
    const response = responseFromRows(
      requestOf(),
      modelWithFields({ input: {}, output: { y: { type: 'category', values: ['ä', 3] } } }),
      [{ y: 'ä' }, { y: 3 }, {}],
    );

    expect(textsOf(response)).toEqual(['ä', '3', '']);
  });
});

describe('classes of an output', () => {
  const classesOf = (scores: Tensor, changes: Parameters<typeof modelOf>[2] = {}) => {
    const model = modelOf([], [{ name: 'y', dtype: scores.dtype, dims: scores.shape.map(() => 'n') }], changes);
    return responseFromTensors(requestOf({ outputs: [{ name: 'y', classes: 2 }] }), model, { y: scores });
  };

  it.each<[Tensor, readonly string[]]>([
    [tensor('float32', [1, 3], Float32Array.of(0.15528205037117004, -1, 1e-10)), ['0.15528205:0', '1e-10:2']],
    [tensor('float64', [1, 2], Float64Array.of(0.1, 0.30000000000000004)), ['0.30000000000000004:1', '0.1:0']],
    [tensor('float16', [1, 2], Uint16Array.of(0xc000, 0x2e66)), [`${0.1}:1`, '-2:0']],
    [tensor('float16', [1, 2], Uint16Array.of(0x0001, 0x8001)), ['6e-8:0', '-6e-8:1']],
    [
      tensor('int64', [1, 3], BigInt64Array.of(2n ** 53n, 2n ** 53n + 1n, -1n)),
      ['9007199254740993:1', '9007199254740992:0'],
    ],
    [tensor('uint8', [1, 3], Uint8Array.of(5, 5, 200)), ['200:2', '5:0']],
    [tensor('float32', [1, 3], Float32Array.of(NaN, -Infinity, Infinity)), ['Infinity:2', '-Infinity:1']],
  ])('are sorted and printed in its own dtype: %o', (scores, expected) => {
    expect(textsOf(classesOf(scores))).toEqual(expected);
  });

  it('print a float16 that reads back', () => {
    for (let bits = 0; bits < 0x7c00; bits += 7) {
      const [text = ''] = textsOf(classesOf(tensor('float16', [1, 1], Uint16Array.of(bits))));
      expect(numberToFloat16(Number(text.split(':')[0]))).toBe(bits);
    }
  });

  it('have no batch where the model has none', () => {
    expect(
      classesOf(tensor('float32', [1, 3], Float32Array.of(1, 2, 3)), { batchable: false }).outputs[0],
    ).toMatchObject({
      shape: [2],
    });
  });

  it.each<[string, Record<string, readonly (string | number)[]>, readonly string[]]>([
    ['are labelled where one output has as many columns', { y: ['n', 3], z: ['n', 4] }, ['y']],
    ['are labelled where one output may have them', { y: ['n', 'k'], z: ['n', 4] }, ['y']],
    ['are not where two outputs have them', { y: ['n', 3], z: ['n', 3] }, []],
    ['are not where two outputs may have them', { y: ['n', 'k'], z: ['n', 'k'] }, []],
    ['are not where none has', { y: ['n', 4] }, []],
  ])('%s', (_, outputs, labelled) => {
    const specs = Object.entries(outputs).map(([name, dims]) => ({ name, dtype: 'float32' as const, dims }));

    expect([...modelOf([], specs, { signature: penguins.signature }).sessionLabels.keys()]).toEqual(labelled);
  });

  it('are labelled as the source says, which knows the order of the columns', () => {
    const scores = tensor('float32', [1, 2], Float32Array.of(1, 2));

    expect(textsOf(classesOf(scores, { sessionLabels: { y: ['no', 'yes'] } }))).toEqual(['2:1:yes', '1:0:no']);
    expect(textsOf(classesOf(scores, { sessionLabels: { y: ['only'] } }))).toEqual(['2:1', '1:0']);
  });
});
