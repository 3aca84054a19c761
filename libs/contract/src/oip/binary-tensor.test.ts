import { describe, expect, it } from 'vitest';
import { decodeInferJson } from './decode-infer-json.ts';
import { errorOf } from './testing/error-of.ts';

type Sent = { name: string; shape: readonly number[]; datatype: string; size?: unknown; data?: unknown };

const decode = (bytes: Uint8Array, ...inputs: readonly Sent[]) =>
  decodeInferJson(
    {
      inputs: inputs.map(({ size, ...input }) => ({
        ...input,
        ...(size !== undefined && { parameters: { binary_data_size: size } }),
      })),
    },
    bytes,
    'm',
  ).inputs;

const float = (name: string, size: unknown): Sent => ({ name, shape: [2], datatype: 'FP32', size });
const texts = (size: number, count: number): Sent => ({ name: 't', shape: [count], datatype: 'BYTES', size });

describe('a binary tensor', () => {
  it.each([7, 9, 0, -8, 8.5, 2 ** 63, '8', true, 9223372036854775808n])(
    'of 8 bytes cannot have a binary_data_size of %s',
    (size) => {
      const error = errorOf(() => decode(new Uint8Array(16), float('x', size)));

      expect(error.code).toBe('INVALID_REQUEST');
      expect(error.message).toMatch(/^Input "x" of model "m": /);
    },
  );

  it.each([7, 9])('of 8 bytes is refused where %i bytes are there', (length) => {
    const error = errorOf(() => decode(new Uint8Array(length), float('x', 8)));

    expect(error.message).toMatch(/^Input "x" of model "m": /);
  });

  it('is refused behind JSON that names none', () => {
    expect(errorOf(() => decode(Uint8Array.of(1))).message).toContain('left over');
  });

  it('comes in the order of the JSON, mixed with others', () => {
    const bytes = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
    const data: Sent = { name: 'b', shape: [1], datatype: 'INT8', data: [7] };

    const [a, b, c] = decode(bytes, float('a', 8), data, float('c', 8));

    expect([a, b, c].map((input) => 'tensor' in input! && Array.from(input.tensor.data as Float32Array))).toEqual([
      [1, 2],
      [7],
      [3, 4],
    ]);
  });

  it('is a view where its bytes are aligned, else a copy', () => {
    const bytes = new Uint8Array(17);
    const first = decode(bytes.subarray(0, 16), { name: 'x', shape: [2], datatype: 'FP64', size: 16 })[0]!;
    const odd = decode(bytes.subarray(1), { name: 'x', shape: [2], datatype: 'FP64', size: 16 })[0]!;

    expect('tensor' in first && (first.tensor.data as Float64Array).buffer).toBe(bytes.buffer);
    expect('tensor' in odd && (odd.tensor.data as Float64Array).buffer).not.toBe(bytes.buffer);
  });

  it('may have no elements and no bytes', () => {
    expect(decode(new Uint8Array(), { name: 'x', shape: [0, 4], datatype: 'FP32', size: 0 })[0]).toMatchObject({
      shape: [0, 4],
      tensor: { data: new Float32Array() },
    });
    expect(decode(new Uint8Array(), texts(0, 0))[0]).toMatchObject({ elements: [] });
  });

  it('of BOOL is 0 or 1', () => {
    const bool: Sent = { name: 'x', shape: [2], datatype: 'BOOL', size: 2 };

    expect(decode(Uint8Array.of(0, 1), bool)).toHaveLength(1);
    expect(errorOf(() => decode(Uint8Array.of(0, 2), bool)).message).toContain('0 or 1');
    // At every place of a word, whatever address the bytes begin at, and however few they are.
    for (let offset = 0; offset < 8; offset += 1)
      for (let size = 0; size < 14; size += 1)
        for (let wrong = 0; wrong < size; wrong += 1) {
          const bytes = new Uint8Array(40).subarray(offset, offset + size);
          const many: Sent = { ...bool, shape: [size], size };
          expect(decode(bytes.fill(1), many)).toHaveLength(1);
          bytes[wrong] = 128;
          expect(errorOf(() => decode(bytes, many)).message).toContain('0 or 1');
        }
  });
});

describe('a binary tensor of BYTES', () => {
  it('has a length of four little-endian bytes before each element', () => {
    const bytes = Uint8Array.of(2, 0, 0, 0, 0xff, 0, 0, 0, 0, 0);

    expect(decode(bytes, texts(10, 2))[0]).toEqual({
      name: 't',
      shape: [2],
      datatype: 'BYTES',
      elements: [Uint8Array.of(0xff, 0), new Uint8Array()],
    });
  });

  it.each<[string, Uint8Array, number]>([
    ['a byte is missing', Uint8Array.of(2, 0, 0, 0, 65), 1],
    ['a byte is left over', Uint8Array.of(1, 0, 0, 0, 65, 66), 1],
    ['a length is cut', Uint8Array.of(0, 0, 0), 1],
    ['the second length is cut', Uint8Array.of(1, 0, 0, 0, 65, 0, 0, 0), 2],
    ['a length is 2^32 − 1', Uint8Array.of(255, 255, 255, 255, 65), 1],
    ['there are fewer elements than the shape says', Uint8Array.of(0, 0, 0, 0), 2],
    ['there are more', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0), 1],
    ['there is one where none should be', Uint8Array.of(0, 0, 0, 0), 0],
    ['the shape promises a billion', Uint8Array.of(0, 0, 0, 0), 1e9],
  ])('is refused where %s', (_, bytes, count) => {
    const error = errorOf(() => decode(bytes, texts(bytes.length, count)));

    expect(error.code).toBe('INVALID_REQUEST');
    expect(error.message).toMatch(/^Input "t" of model "m": /);
  });
});
