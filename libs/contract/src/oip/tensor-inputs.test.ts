import { describe, expect, it } from 'vitest';
import { tensor } from '@web-single/tensor';
import type { Dim } from '@web-single/tensor';
import type { WireTensor } from './message.ts';
import { tensorsOf } from './tensor-inputs.ts';
import { errorOf } from './testing/error-of.ts';
import { modelOf, penguins, requestOf } from './testing/oip-models.ts';
import { wireTensor } from './wire-tensor.ts';

const floats = (name: string, ...shape: number[]): WireTensor =>
  wireTensor(name, tensor('float32', shape, new Float32Array(shape.reduce((product, size) => product * size, 1))));

const model = (inputs: Record<string, readonly Dim[]>, batchable = true) =>
  modelOf(
    Object.entries(inputs).map(([name, dims]) => ({ name, dtype: 'float32' as const, dims })),
    [],
    { batchable },
  );

const check = (of: ReturnType<typeof model>, ...inputs: WireTensor[]) => tensorsOf(requestOf({ inputs }), of);

describe('tensorsOf', () => {
  it('gives the tensors in the order of the session, without a copy', () => {
    const [b, a] = [floats('b', 2), floats('a', 2)];
    const tensors = check(model({ a: ['n'], b: ['n'] }), b, a);

    expect(Object.keys(tensors)).toEqual(['a', 'b']);
    expect(tensors['b']).toBe('tensor' in b && b.tensor);
  });

  it('takes any size of a dim without a name, and of a dim with one its own', () => {
    const inputs = model({ a: ['batch', null, ''], b: ['batch', 'n'], c: ['rows', 'n', 3] });

    expect(Object.keys(check(inputs, floats('a', 2, 3, 0), floats('b', 2, 5), floats('c', 2, 5, 3)))).toHaveLength(3);
  });

  it('takes no elements where the graph leaves the dim open and there is no batch', () => {
    expect(check(model({ a: ['n'] }, false), floats('a', 0))['a']?.shape).toEqual([0]);
  });

  it.each<[string, ReturnType<typeof model>, readonly WireTensor[]]>([
    ['expected FP32 [-1, 4], got FP32 [2, 5].', model({ x: ['n', 4] }), [floats('x', 2, 5)]],
    ['expected FP32 [-1, 4], got FP32 [4].', model({ x: ['n', 4] }), [floats('x', 4)]],
    ['expected FP32 [-1, 4], got nothing.', model({ x: ['n', 4] }), []],
    [
      'expected FP32 [-1], got INT8 [1].',
      model({ x: ['n'] }),
      [wireTensor('x', tensor('int8', [1], new Int8Array(1)))],
    ],
    ['expected FP32 [-1], got BYTES [1].', model({ x: ['n'] }), [wireTensor('x', tensor('string', [1], ['a']))]],
    ['expected a batch of at least 1, got 0.', model({ x: ['n'] }), [floats('x', 0)]],
  ])('says: %s', (text, of, inputs) => {
    const error = errorOf(() => check(of, ...inputs));

    expect(error.code).toBe('INPUT_MISMATCH');
    expect(error.message).toBe(`Input "x" of model "m": ${text}`);
    expect(error.details).toBeUndefined();
  });

  it('wants one batch of all inputs, also where they name it differently', () => {
    const error = errorOf(() => check(model({ a: ['n'], b: [null] }), floats('a', 2), floats('b', 3)));

    expect(error.message).toBe('Input "b" of model "m": expected a batch of 2 as in input "a", got 3.');
  });

  it('wants one size of a named dim', () => {
    const of = model({ a: ['b', 'n'], b: ['b', 'n'] });

    expect(errorOf(() => check(of, floats('a', 1, 2), floats('b', 1, 3))).message).toBe(
      'Input "b" of model "m": expected "n" to be 2 as in input "a", got 3.',
    );
    expect(errorOf(() => check(model({ a: ['b', 'n', 'n'] }), floats('a', 1, 2, 3))).code).toBe('INPUT_MISMATCH');
  });

  it('wants the size of the batch where another dim has its name', () => {
    const of = model({ a: ['n', 'n'] });

    expect(check(of, floats('a', 2, 2))['a']?.shape).toEqual([2, 2]);
    expect(errorOf(() => check(of, floats('a', 2, 3))).message).toContain('expected "n" to be 2');
  });

  it('takes no size from an input that is wrong itself', () => {
    const error = errorOf(() => check(model({ a: ['n', 4], b: ['n'] }), floats('a', 4), floats('b', 2)));

    expect(error.message).toBe('Input "a" of model "m": expected FP32 [-1, 4], got FP32 [4].');
  });

  it('tells all problems at once', () => {
    const error = errorOf(() =>
      check(model({ wide: ['n', 4], long: ['n'] }), floats('wide', 1), floats('lnog', 1), floats('wide', 1, 4)),
    );

    expect(error.details?.map(({ field, got, hint }) => [field, got, hint])).toEqual([
      ['lnog', 'an unknown input FP32 [1]', 'Did you mean "long"?'],
      ['wide', 'it twice', undefined],
      ['long', 'nothing', undefined],
    ]);
  });

  it('stays short for thousands of unknown inputs', () => {
    const inputs = Array.from({ length: 10_000 }, (_, index) => floats(`${'n'.repeat(100)}${index}`, 1));
    const error = errorOf(() => check(model({ x: ['n'] }), ...inputs));

    expect(error.message.length).toBeLessThan(1500);
    expect(error.details?.length).toBeLessThanOrEqual(100);
  });

  it('reads text as UTF-8 and refuses what the runtime would cut', () => {
    const of = modelOf([{ name: 't', dtype: 'string', dims: ['n'] }]);
    const texts = (...elements: Uint8Array[]): WireTensor => ({
      name: 't',
      shape: [elements.length],
      datatype: 'BYTES',
      elements,
    });

    expect(check(of, texts(Uint8Array.of(0xef, 0xbb, 0xbf, 65), new Uint8Array()))['t']?.data).toEqual(['\ufeffA', '']);
    expect(errorOf(() => check(of, texts(Uint8Array.of(65), Uint8Array.of(65, 0)))).message).toBe(
      'Input "t" of model "m": expected BYTES of UTF-8 text without NUL, got element 1 with a NUL character.',
    );
    expect(errorOf(() => check(of, texts(Uint8Array.of(0xff)))).message).toContain('not valid UTF-8');
  });

  it('says how to send rows where the names are those of the fields too', () => {
    const of = modelOf([{ name: 'image', dtype: 'float32', dims: ['n', 784] }], [], {
      hasSteps: true,
      signature: { input: { image: { type: 'image' } }, output: {} },
    });
    const file: WireTensor = { name: 'image', shape: [1], datatype: 'BYTES', elements: [new Uint8Array()] };

    expect(errorOf(() => check(of, file)).message).toBe(
      'Input "image" of model "m": expected FP32 [-1, 784], got BYTES [1]. To send rows ("image"), set the request parameter "level" to "row".',
    );
  });

  it('takes no name of the object prototype for an input', () => {
    expect(errorOf(() => check(penguins, floats('__proto__', 1, 4))).code).toBe('INPUT_MISMATCH');
    expect(Object.keys(check(model({ __proto__x: ['n'] }), floats('__proto__x', 1)))).toEqual(['__proto__x']);
  });
});
