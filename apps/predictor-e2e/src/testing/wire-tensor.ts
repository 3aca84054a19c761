/** A tensor as a test writes it: elements as plain values, in row-major order. */
export interface TestTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | bigint | boolean | string | Uint8Array)[];
}

/** What a transport answered, comparable to the bit whatever it was carried in. */
export type Answer = Readonly<
  Record<string, { readonly datatype: string; readonly shape: readonly number[]; readonly hex: string }>
>;

type Write = (view: DataView, offset: number, value: never) => void;

const WRITERS: Readonly<Record<string, readonly [bytes: number, write: Write]>> = {
  BOOL: [1, (view, offset, value: boolean) => view.setUint8(offset, value ? 1 : 0)],
  UINT8: [1, (view, offset, value: number) => view.setUint8(offset, value)],
  UINT16: [2, (view, offset, value: number) => view.setUint16(offset, value, true)],
  UINT32: [4, (view, offset, value: number) => view.setUint32(offset, value, true)],
  UINT64: [8, (view, offset, value: bigint) => view.setBigUint64(offset, BigInt(value), true)],
  INT8: [1, (view, offset, value: number) => view.setInt8(offset, value)],
  INT16: [2, (view, offset, value: number) => view.setInt16(offset, value, true)],
  INT32: [4, (view, offset, value: number) => view.setInt32(offset, value, true)],
  INT64: [8, (view, offset, value: bigint) => view.setBigInt64(offset, BigInt(value), true)],
  FP16: [2, (view, offset, value: number) => view.setFloat16(offset, value, true)],
  FP32: [4, (view, offset, value: number) => view.setFloat32(offset, value, true)],
  FP64: [8, (view, offset, value: number) => view.setFloat64(offset, value, true)],
};

/** Elements as the protocol's raw bytes: little-endian, or each behind its length. */
export function rawBytes(datatype: string, values: TestTensor['values']): Buffer {
  if (datatype === 'BYTES') return Buffer.concat(values.flatMap((value) => withLength(bytesOf(value))));
  const [size, write] = WRITERS[datatype]!;
  const view = new DataView(new ArrayBuffer(size * values.length));
  values.forEach((value, index) => write(view, index * size, value as never));
  return Buffer.from(view.buffer);
}

export function bytesOf(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : Buffer.from(String(value));
}

function withLength(bytes: Uint8Array): Uint8Array[] {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return [length, bytes];
}
