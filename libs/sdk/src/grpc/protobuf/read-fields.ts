import type { RefuseReply } from '../../infer/decode-tensor.ts';

/** A field of a message; `bytes` are a view of it, empty for a number. */
export interface Field {
  readonly number: number;
  /** Of a varint, all 64 bits; 0 for others. */
  readonly value: bigint;
  readonly bytes: Uint8Array;
}

const EMPTY = new Uint8Array();
const CUT = 'its message is cut';

/** The fields of a message in their order, those unknown too. Refuses what is no message; a message within stays bytes. */
export function readFields(message: Uint8Array, refuse: RefuseReply): Field[] {
  const fields: Field[] = [];
  const cursor = { message, position: 0, refuse };
  while (cursor.position < message.length) fields.push(readField(cursor));
  return fields;
}

interface Cursor {
  readonly message: Uint8Array;
  position: number;
  readonly refuse: RefuseReply;
}

function readField(cursor: Cursor): Field {
  const head = readVarint(cursor);
  const number = Number(head >> 3n);
  const wireType = Number(head & 7n);
  if (wireType === 0) return { number, value: readVarint(cursor), bytes: EMPTY };
  const size = { 1: 8, 2: -1, 5: 4 }[wireType];
  if (size === undefined || number === 0) throw cursor.refuse('its message has a field of an unknown kind');
  const length = size === -1 ? Number(readVarint(cursor)) : size;
  const end = cursor.position + length;
  if (end > cursor.message.length) throw cursor.refuse(CUT);
  const bytes = cursor.message.subarray(cursor.position, end);
  cursor.position = end;
  return { number, value: 0n, bytes };
}

function readVarint(cursor: Cursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.message[cursor.position];
    if (byte === undefined) throw cursor.refuse(CUT);
    cursor.position += 1;
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return BigInt.asUintN(64, value);
  }
  throw cursor.refuse('its message has a number of more than 64 bits');
}

/** The last field of a number, as the format wants it read. */
export function lastField(fields: readonly Field[], number: number): Field | undefined {
  return fields.findLast((field) => field.number === number);
}

export function readText(fields: readonly Field[], number: number): string {
  return new TextDecoder().decode(lastField(fields, number)?.bytes ?? EMPTY);
}

/** Repeated 64-bit integers, packed or one by one. What is beyond 2^53 is rounded, and no safe integer. */
export function readIntegers(fields: readonly Field[], number: number, refuse: RefuseReply): number[] {
  return fields
    .filter((field) => field.number === number)
    .flatMap(({ bytes, value }) => (bytes === EMPTY ? [value] : unpack(bytes, refuse)))
    .map((value) => Number(BigInt.asIntN(64, value)));
}

function unpack(message: Uint8Array, refuse: RefuseReply): bigint[] {
  const values: bigint[] = [];
  const cursor = { message, position: 0, refuse };
  while (cursor.position < message.length) values.push(readVarint(cursor));
  return values;
}
