import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatenate } from '../infer/concatenate.ts';
import { InvalidResponseError, isPredictorError } from '../predictor-error.ts';
import { anyTensor, bitsOf } from '../testing/any-tensor.ts';
import { createGrpcPredictor } from './create-grpc-predictor.ts';
import { decodeModelInfer } from './decode-model-infer.ts';
import { encodeModelInfer } from './encode-model-infer.ts';
import { decodeModelMetadata } from './model-facts.ts';
import { readFields } from './protobuf/read-fields.ts';
import { bytesField, integerField, textField, varint } from './protobuf/write-fields.ts';
import { FakeReplica } from './testing/fake-replica.ts';
import type { UnaryHandler } from './testing/fake-replica.ts';

const refuse = (problem: string): InvalidResponseError => new InvalidResponseError('INVALID_RESPONSE', problem);

/** A request's tensors as an answer: fields of the same meaning have other numbers. */
const echo: UnaryHandler = ({ request }, reply) => {
  const renumbered = readFields(request, refuse).flatMap(({ number, bytes }) =>
    [1, 2, 3, 5].includes(number) ? bytesField(number, bytes) : number === 7 ? bytesField(6, bytes) : [],
  );
  reply(null, Buffer.from(concatenate(renumbered)));
};

describe('infer over gRPC', () => {
  it('gives every tensor of every datatype back bit for bit', async () => {
    using replica = await FakeReplica.start({ handlers: { ModelInfer: echo } });
    using predictor = createGrpcPredictor({ addresses: replica.address });

    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), anyTensor, { maxKeys: 4 }), async (tensors) => {
        const { outputs } = await predictor.infer('echo', tensors);

        expect(Object.keys(outputs).sort()).toEqual(Object.keys(tensors).sort());
        for (const [name, tensor] of Object.entries(tensors)) {
          expect(outputs[name]).toMatchObject({ datatype: tensor.datatype, shape: tensor.shape });
          expect(bitsOf(outputs[name]!)).toEqual(bitsOf(tensor));
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('tells who answered, and the id', async () => {
    using replica = await FakeReplica.start({ handlers: { ModelInfer: echo } });
    using predictor = createGrpcPredictor({ addresses: replica.address });

    expect(await predictor.infer('m', {}, { version: '2', id: 'a' })).toEqual({
      model: { name: 'm', version: '2' },
      id: 'a',
      outputs: {},
    });
    expect(await predictor.infer('m', {})).toEqual({
      model: { name: 'm', version: undefined },
      id: undefined,
      outputs: {},
    });
    await expect(predictor.infer('m', {}, { outputs: ['y'] })).rejects.toMatchObject({ code: 'INVALID_RESPONSE' });
  });

  it('refuses a parameter that is no number', async () => {
    using replica = await FakeReplica.start({ handlers: { ModelInfer: echo } });
    using predictor = createGrpcPredictor({ addresses: replica.address });

    await expect(predictor.infer('m', {}, { parameters: { p: NaN } })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('a message that is wrong', () => {
  const output = concatenate([...textField(1, 'y'), ...textField(2, 'FP32'), ...bytesField(3, Uint8Array.of(2))]);
  const right = concatenate([...textField(1, 'm'), ...bytesField(5, output), ...bytesField(6, new Uint8Array(8))]);

  it.each([
    ['cut', right.subarray(0, -1), 'its message is cut'],
    ['cut in a number', Uint8Array.of(8, 128), 'its message is cut'],
    ['with a number of 80 bits', Uint8Array.from([8, ...Array<number>(11).fill(255)]), 'more than 64 bits'],
    ['with a group', Uint8Array.of(11, 12), 'a field of an unknown kind'],
    ['with a length beyond 2^53', Uint8Array.from([10, ...varint(2n ** 63n)]), 'its message is cut'],
    [
      'without the bytes of an output',
      concatenate([...textField(1, 'm'), ...bytesField(5, output)]),
      '1 outputs and the',
    ],
    ['of negative dims', concatenate([...bytesField(5, ...integerField(3, -1)), ...bytesField(6)]), 'unknown datatype'],
  ])('is a typed error: %s', (_what, message, told) => {
    expect(() => decodeModelInfer(message, {}, refuse)).toThrow(told);
    expect(() => decodeModelInfer(message, {}, refuse)).toThrow(InvalidResponseError);
  });

  it('is never anything but an answer or a typed error, whatever its bytes are', () => {
    const changed = fc
      .record({ at: fc.nat(right.length - 1), to: fc.nat(255) })
      .map(({ at, to }) => right.map((byte, index) => (index === at ? to : byte)));

    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 40 })), (message) => {
        for (const decode of [
          () => decodeModelInfer(message, {}, refuse),
          () => decodeModelMetadata(message, refuse),
        ]) {
          try {
            decode();
          } catch (error) {
            expect(isPredictorError(error)).toBe(true);
          }
        }
      }),
      { seed: 11, numRuns: 5000 },
    );
  });

  it('may have its dims one by one, and fields of a newer server', () => {
    const unpacked = concatenate([
      ...textField(1, 'y'),
      ...textField(2, 'FP32'),
      ...integerField(3, 1),
      ...integerField(3, 2),
    ]);
    const message = concatenate([
      ...integerField(99, 1),
      ...textField(1, 'm'),
      ...bytesField(5, unpacked),
      ...bytesField(6, new Uint8Array(8)),
    ]);

    expect(decodeModelInfer(message, {}, refuse).outputs['y']?.shape).toEqual([1, 2]);
  });

  it('costs one copy of the tensors to write', () => {
    const data = new Float32Array(1000);

    expect(encodeModelInfer('m', { x: { data } }, {}).length).toBeLessThan(data.byteLength + 100);
  });
});
