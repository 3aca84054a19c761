import { toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContractError } from '../../contract-error.ts';
import { codeThrownBy, inferInput, inferMessage } from '../../testing/infer-message.ts';
import { ModelInferRequestSchema } from './generated/inference/grpc_service_pb.ts';
import { readModelInfer } from './read-model-infer.ts';

const message = inferMessage({
  id: 'r-1',
  parameters: { priority: { parameterChoice: { case: 'int64Param', value: 1n } } },
  inputs: [inferInput()],
  outputs: [{ name: 'y' }],
  rawInputContents: [new Uint8Array(8)],
});
const valid = toBinary(ModelInferRequestSchema, message);

/** The field, `count` times, each with this payload. */
function repeated(field: number, count: number, payload: Uint8Array = new Uint8Array(0)): Uint8Array {
  const writer = new BinaryWriter();
  for (let index = 0; index < count; index += 1) writer.tag(field, WireType.LengthDelimited).bytes(payload);
  return writer.finish();
}

describe('readModelInfer', () => {
  it('reads a message; its raw contents stay views of the bytes', () => {
    const read = readModelInfer(valid);

    expect(read).toEqual(message);
    expect(read.rawInputContents[0]?.buffer).toBe(valid.buffer);
  });

  it.each([
    ['truncated', valid.subarray(0, valid.length - 1)],
    ['no protobuf', Uint8Array.of(7, 7, 7)],
    ['nested groups without an end', new Uint8Array(100_000).fill(0x0b)],
    ['a string that is not UTF-8', repeated(1, 1, Uint8Array.of(0xff, 0xfe))],
    ['a length beyond the end', Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f)],
  ])('refuses what is %s', (_name, bytes) => {
    expect(codeThrownBy(() => readModelInfer(bytes))).toBe('INVALID_REQUEST');
  });

  it.each([
    ['inputs', repeated(5, 1025)],
    ['outputs', repeated(6, 1025)],
    ['raw contents', repeated(7, 1025)],
    ['parameters', repeated(4, 1025)],
    ['parameters of an input', repeated(5, 1, repeated(4, 1025))],
    ['dimensions', repeated(5, 1, repeated(3, 1, new Uint8Array(2 ** 16 + 1)))],
    ['typed contents', repeated(5, 1, repeated(5, 1, new Uint8Array(8 * 2 ** 20 + 1)))],
    ['BYTES elements', repeated(5, 1, repeated(5, 1, repeated(8, 2 ** 17 + 1)))],
  ])('refuses too many %s', (_name, bytes) => {
    expect(codeThrownBy(() => readModelInfer(bytes))).toBe('PAYLOAD_TOO_LARGE');
  });

  it('counts 64 MiB of empty inputs without making them', () => {
    const [tag = 0, length = 0] = repeated(5, 1);
    const bytes = new Uint8Array(new Uint16Array(32 * 2 ** 20).fill(tag + length * 256).buffer);

    expect(codeThrownBy(() => readModelInfer(bytes))).toBe('PAYLOAD_TOO_LARGE');
  });

  it('reads any bytes or refuses them with a code of the catalogue', () => {
    const flipped = fc
      .tuple(fc.nat(valid.length - 1), fc.nat(255))
      .map(([at, value]) => valid.slice().fill(value, at, at + 1));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), flipped), (bytes) => {
        try {
          readModelInfer(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ContractError);
        }
      }),
    );
  });
});
