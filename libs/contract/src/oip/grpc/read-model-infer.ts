import { fromBinary } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { ContractError } from '../../contract-error.ts';
import { checkBytesElements } from '../bytes-elements.ts';
import type { ModelInferRequest } from './generated/inference/grpc_service_pb.ts';
import { ModelInferRequestSchema } from './generated/inference/grpc_service_pb.ts';

/** Most inputs, outputs or raw entries of a request. */
const MAX_TENSORS = 1024;
/** Most parameters of a request, those of its tensors included. */
const MAX_PARAMETERS = 1024;
/** Bytes that the shapes of all inputs may take. */
const MAX_SHAPE_BYTES = 64 * 2 ** 10;
/** Bytes of typed contents in a request: decoded, an element takes up to 32 times its bytes. Raw contents take none. */
const MAX_CONTENTS_BYTES = 8 * 2 ** 20;

/** Field numbers of the messages that repeat. */
const REQUEST = { parameters: 4, inputs: 5, outputs: 6, rawInputContents: 7 };
const INPUT = { shape: 3, parameters: 4, contents: 5 };
const OUTPUT = { parameters: 2 };
const CONTENTS = { bytes: 8 };

/**
 * A `ModelInferRequest` from its bytes; raw contents are views of them. What is repeated is counted before anything is
 * decoded: two bytes on the wire can be an object of a hundred. Throws `INVALID_REQUEST` or `PAYLOAD_TOO_LARGE`.
 */
export function readModelInfer(bytes: Uint8Array): ModelInferRequest {
  try {
    checkCounts(bytes);
    return fromBinary(ModelInferRequestSchema, bytes, { readUnknownFields: false });
  } catch (error) {
    if (error instanceof ContractError) throw error;
    throw new ContractError('INVALID_REQUEST', 'The message is not a well-formed ModelInferRequest.');
  }
}

interface Counts {
  inputs: number;
  outputs: number;
  raw: number;
  parameters: number;
  shapeBytes: number;
  contentsBytes: number;
  elements: number;
}

function checkCounts(bytes: Uint8Array): void {
  const counts = { inputs: 0, outputs: 0, raw: 0, parameters: 0, shapeBytes: 0, contentsBytes: 0, elements: 0 };
  forEachField(bytes, (field, payload) => {
    if (field === REQUEST.parameters) counts.parameters += 1;
    else if (field === REQUEST.rawInputContents) counts.raw += 1;
    else if (field === REQUEST.inputs) countInput(payload, counts);
    else if (field === REQUEST.outputs) countOutput(payload, counts);
    checkLimits(counts);
  });
}

function countInput(bytes: Uint8Array, counts: Counts): void {
  counts.inputs += 1;
  forEachField(bytes, (field, payload) => {
    if (field === INPUT.shape) counts.shapeBytes += Math.max(1, payload.length);
    else if (field === INPUT.parameters) counts.parameters += 1;
    else if (field === INPUT.contents) countContents(payload, counts);
    checkLimits(counts);
  });
}

function countContents(bytes: Uint8Array, counts: Counts): void {
  counts.contentsBytes += bytes.length;
  checkLimits(counts);
  forEachField(bytes, (field) => {
    if (field === CONTENTS.bytes) counts.elements += 1;
  });
}

function countOutput(bytes: Uint8Array, counts: Counts): void {
  counts.outputs += 1;
  forEachField(bytes, (field) => {
    if (field === OUTPUT.parameters) counts.parameters += 1;
  });
}

function checkLimits(counts: Counts): void {
  if (Math.max(counts.inputs, counts.outputs, counts.raw) > MAX_TENSORS)
    throw tooLarge(`it has more than ${MAX_TENSORS} inputs, outputs or raw contents.`);
  if (counts.parameters > MAX_PARAMETERS) throw tooLarge(`it has more than ${MAX_PARAMETERS} parameters.`);
  if (counts.shapeBytes > MAX_SHAPE_BYTES) throw tooLarge('its shapes have too many dimensions.');
  if (counts.contentsBytes > MAX_CONTENTS_BYTES)
    throw tooLarge(`typed contents take more than ${MAX_CONTENTS_BYTES} bytes; send them in raw_input_contents.`);
  checkBytesElements(counts.elements);
}

function tooLarge(reason: string): ContractError {
  return new ContractError('PAYLOAD_TOO_LARGE', `The request is too large: ${reason}`);
}

const EMPTY = new Uint8Array(0);

/** Calls `visit` for every field in order; `payload` is empty unless the field is length-delimited. */
function forEachField(bytes: Uint8Array, visit: (field: number, payload: Uint8Array) => void): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (wireType === WireType.LengthDelimited) {
      visit(field, reader.bytes());
    } else {
      reader.skip(wireType, field);
      visit(field, EMPTY);
    }
  }
}
