import fc from 'fast-check';
import { ARRAYS } from '../infer/datatype.ts';
import type { FixedDatatype } from '../infer/datatype.ts';
import type { OutputTensor } from '../infer/tensor.ts';

const anyShape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });

const sizeOf = (shape: readonly number[]): number => shape.reduce((count, dim) => count * dim, 1);

const fixed = (datatype: FixedDatatype): fc.Arbitrary<OutputTensor> => {
  const Elements = ARRAYS[datatype];
  const byte = fc.integer({ min: 0, max: datatype === 'BOOL' ? 1 : 255 });
  return anyShape.chain((shape) => {
    const length = sizeOf(shape) * Elements.BYTES_PER_ELEMENT;
    return fc
      .array(byte, { minLength: length, maxLength: length })
      .map((bytes) => ({ datatype, shape, data: new Elements(Uint8Array.from(bytes).buffer) }) as OutputTensor);
  });
};

const bytes: fc.Arbitrary<OutputTensor> = anyShape.chain((shape) => {
  const length = sizeOf(shape);
  return fc
    .array(fc.uint8Array({ maxLength: 9 }), { minLength: length, maxLength: length })
    .map((data) => ({ datatype: 'BYTES' as const, shape, data }));
});

/** Any bits of any datatype: NaNs with their payloads, the ends of 64 bits, bytes that are no text. */
export const anyTensor: fc.Arbitrary<OutputTensor> = fc.oneof(
  bytes,
  ...(Object.keys(ARRAYS) as FixedDatatype[]).map(fixed),
);

/** Of data of any datatype, to compare bit for bit. */
export const bitsOf = ({ data }: Pick<OutputTensor, 'data'>): unknown =>
  Array.isArray(data)
    ? data.map((element: Uint8Array) => [...element])
    : [
        ...new Uint8Array(
          (data as Uint8Array).buffer,
          (data as Uint8Array).byteOffset,
          (data as Uint8Array).byteLength,
        ),
      ];
