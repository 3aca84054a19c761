import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tensor, Value } from '@web-single/tensor';
import { encodeFrame, FrameReader } from './frame.ts';

const join = (message: Value): Buffer => Buffer.concat(encodeFrame(message));

const tensorOf = fc.oneof(
  fc.float32Array().map((data): Tensor => ({ dtype: 'float32', shape: [data.length], data })),
  fc.bigInt64Array().map((data): Tensor => ({ dtype: 'int64', shape: [1, data.length], data })),
  fc.uint8Array({ max: 1 }).map((data): Tensor => ({ dtype: 'bool', shape: [data.length], data })),
  fc.array(fc.string()).map((data): Tensor => ({ dtype: 'string', shape: [data.length], data })),
);

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, NaN, Infinity, -Infinity, -0),
    fc.double(),
    fc.bigInt(),
    fc.string({ unit: 'binary' }),
    fc.uint8Array(),
    tensorOf,
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('$bytes', '$map', '__proto__', 'dtype')), tie('value')),
  ),
}));

/** Buffers and arrays of one class, prototypes of objects aside. */
const plain = (input: Value): unknown => {
  if (input instanceof Uint8Array) return ['bytes', ...input];
  if (Array.isArray(input)) return input.map((element: Value) => plain(element));
  if (typeof input !== 'object' || input === null) return input;
  if (ArrayBuffer.isView(input)) return [input.constructor.name, ...(input as unknown as Iterable<unknown>)];
  return new Map(Object.entries(input).map(([key, element]) => [key, plain(element as Value)]));
};

describe('frames', () => {
  it('carry every value unchanged, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), fc.integer({ min: 1, max: 97 }), (messages, step) => {
        const stream = Buffer.concat(messages.map(join));
        const reader = new FrameReader();
        const received: Value[] = [];
        for (let offset = 0; offset < stream.length; offset += step)
          received.push(...reader.push(stream.subarray(offset, offset + step)));

        expect(received.map(plain)).toEqual(messages.map(plain));
      }),
      { seed: 20, numRuns: 200 },
    );
  });

  it('carry tensors at addresses that the runtime takes as they are', () => {
    const tensors = [1, 2, 3].map((length): Tensor => ({
      dtype: 'uint8',
      shape: [length],
      data: new Uint8Array(length),
    }));
    const [received] = new FrameReader().push(join(tensors)) as [readonly { readonly data: Uint8Array }[]];

    expect(received.map(({ data }) => data.byteOffset % 16)).toEqual([0, 0, 0]);
  });

  it('refuse what our encoder does not write', () => {
    const prefixed = (length: number, headerLength: number, body: string): Buffer => {
      const prefix = Buffer.alloc(16);
      prefix.writeUInt32LE(length, 0);
      prefix.writeUInt32LE(headerLength, 4);
      return Buffer.concat([prefix, Buffer.from(body)]);
    };
    const cases: readonly Buffer[] = [
      prefixed(0xffffffff, 0xffffffff, ''),
      prefixed(4, 8, '    '),
      prefixed(2, 2, '{}'),
      prefixed(0, 0, ' '),
    ];

    for (const bytes of cases)
      expect(() => new FrameReader().push(bytes)).toThrow(expect.objectContaining({ name: 'WireError' }));
  });

  it('never throw anything but their own errors for damaged bytes, and never read outside of the frame', () => {
    const frame = join({
      rows: [{ x: { dtype: 'float32', shape: [2], data: new Float32Array([1, 2]) }, file: new Uint8Array(5) }],
    });

    fc.assert(
      fc.property(fc.nat(frame.length - 1), fc.integer({ min: 0, max: 255 }), (position, byte) => {
        const damaged = Buffer.from(frame);
        damaged[position] = byte;
        try {
          new FrameReader().push(damaged);
        } catch (error) {
          expect((error as Error).name).toBe('WireError');
        }
      }),
      { seed: 20, numRuns: 2_000 },
    );
  });
});
