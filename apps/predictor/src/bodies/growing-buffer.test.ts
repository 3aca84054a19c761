import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BodyMemory } from './body-memory.ts';
import { GrowingBuffer } from './growing-buffer.ts';

const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 40_000 }), { minLength: 1, maxLength: 6 });

function collected(chunks: readonly Uint8Array[], announcedBytes: number, alignedByte: number): Buffer {
  const buffer = new GrowingBuffer({ announcedBytes, alignedByte });
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
    const single = new GrowingBuffer({ announcedBytes: 9, alignedByte: 0 });
    single.push(chunk);

    expect(single.bytes().buffer).toBe(chunk.buffer);

    const promised = new GrowingBuffer({ announcedBytes: 1_000_000, alignedByte: 0 });
    for (let piece = 0; piece < 2; piece++) promised.push(Buffer.alloc(1));

    expect(promised.bytes().buffer.byteLength).toBeLessThan(20_000);

    const twice = new GrowingBuffer({ announcedBytes: 200_000, alignedByte: 0 });
    for (let piece = 0; piece < 2; piece++) twice.push(Buffer.alloc(60_000));
    const { buffer } = twice.bytes();
    twice.push(Buffer.alloc(80_000));

    expect(twice.bytes().buffer).toBe(buffer);
  });

  it('takes memory for a large body step by step, and for all of it once a quarter is there', () => {
    const announcedBytes = 16_000_000;
    const buffer = new GrowingBuffer({ announcedBytes, alignedByte: 0 });
    const sizes = new Map<number, number>();
    for (let piece = 0; piece < 250; piece++) {
      buffer.push(Buffer.alloc(64_000));
      sizes.set(buffer.bytes().buffer.byteLength, buffer.length);
    }

    const [largest, ...smaller] = [...sizes.keys()].toReversed();
    expect(smaller.every((size) => size <= announcedBytes / 2)).toBe(true);
    expect(largest).toBeLessThan(announcedBytes + 100_000);
    for (const size of smaller) expect(size).toBeLessThan(4.1 * sizes.get(size)!);
    expect(sizes.size).toBeLessThan(8);
  });

  it('frees pieces that nobody else looks at once they are copied, and leaves all others', () => {
    for (const ownsChunks of [true, false]) {
      const buffer = new GrowingBuffer({ announcedBytes: 120_000, alignedByte: 0, ownsChunks });
      const pieces = [Buffer.alloc(60_000, 1), Buffer.alloc(60_000, 2)];
      for (const piece of pieces) buffer.push(piece);

      expect(pieces.map(({ length }) => length)).toEqual(ownsChunks ? [0, 0] : [60_000, 60_000]);
      expect([buffer.bytes().length, buffer.bytes()[59_999], buffer.bytes()[60_000]]).toEqual([120_000, 1, 2]);
    }
  });

  it('leaves a piece alone that shares its memory', () => {
    const shared = Buffer.alloc(120_000, 3);
    const buffer = new GrowingBuffer({ announcedBytes: 120_000, alignedByte: 0, ownsChunks: true });
    buffer.push(shared.subarray(0, 60_000));
    buffer.push(shared.subarray(60_000));

    expect([shared.length, buffer.bytes().equals(shared)]).toEqual([120_000, true]);
  });

  it('gives its memory to the next body, but not that of a body in one piece', () => {
    const memory = new BodyMemory();
    const collectIn = (...pieces: Buffer[]): GrowingBuffer => {
      const buffer = new GrowingBuffer({ announcedBytes: 200_000, alignedByte: 0, memory });
      for (const piece of pieces) buffer.push(piece);
      return buffer;
    };
    const first = collectIn(Buffer.alloc(100_000), Buffer.alloc(100_000));
    const { buffer } = first.bytes();
    first.release();
    collectIn(Buffer.alloc(200_000)).release();

    expect(collectIn(Buffer.alloc(100_000), Buffer.alloc(100_000)).bytes().buffer).toBe(buffer);
    expect(memory.freeBytes).toBe(0);
  });
});
