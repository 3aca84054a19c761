import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingBuffer } from './growing-buffer.ts';

const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40_000 }), { minLength: 1, maxLength: 6 });

function collected(chunks: readonly Uint8Array[], announcedBytes: number, alignedByte: number): Buffer {
  const buffer = new GrowingBuffer(announcedBytes, alignedByte);
  for (const chunk of chunks) buffer.push(Buffer.from(chunk));
  return buffer.bytes();
}

describe('GrowingBuffer', () => {
  it('gives the bytes as they came, whatever was announced', () => {
    const announced = fc.oneof(fc.nat(300_000), fc.constantFrom(NaN, 2 ** 40));

    fc.assert(
      fc.property(pieces, announced, fc.oneof(fc.nat(50_000), fc.constant(NaN)), (chunks, announcedBytes, aligned) => {
        expect(Buffer.compare(collected(chunks, announcedBytes, aligned), Buffer.concat(chunks))).toBe(0);
      }),
      { seed: 1 },
    );
  });

  it('lays the byte where tensors begin at an address that the runtime takes as it is', () => {
    for (const alignedByte of [0, 1, 15, 16, 151]) {
      const { byteOffset } = collected([new Uint8Array(100), new Uint8Array(70_000)], 70_100, alignedByte);

      expect((byteOffset + alignedByte) % 16).toBe(0);
    }
  });

  it('takes a body in one piece as it is, and copies one that was announced once', () => {
    const chunk = Buffer.from('one piece');
    const single = new GrowingBuffer(9, 0);
    single.push(chunk);

    expect(single.bytes().buffer).toBe(chunk.buffer);

    const promised = new GrowingBuffer(1_000_000, 0);
    for (let piece = 0; piece < 2; piece++) promised.push(Buffer.alloc(1));

    expect(promised.bytes().buffer.byteLength).toBeLessThan(20_000);

    const twice = new GrowingBuffer(200_000, 0);
    for (let piece = 0; piece < 2; piece++) twice.push(Buffer.alloc(60_000));
    const { buffer } = twice.bytes();
    twice.push(Buffer.alloc(80_000));

    expect(twice.bytes().buffer).toBe(buffer);
  });
});
