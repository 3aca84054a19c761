import { tensor } from '@web-single/tensor';
import type { Dtype, TensorOf } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';
import type { BinaryReader } from './binary-reader.ts';
import { encodeText } from './bytes-text.ts';
import { checkByteSize, decodeBinaryTensor } from './binary-tensor.ts';
import type { BinaryTarget } from './binary-tensor.ts';
import { datatypeOf, dtypeOf } from './datatype.ts';
import type { Datatype } from './datatype.ts';
import { describeJson } from './describe-json.ts';
import type { Parameters, WireTensor } from './message.ts';
import { readParameters, refuseSharedMemory } from './parameters.ts';
import { nameInput } from './quote-name.ts';
import { readJsonData } from './read-json-data.ts';
import { countElements, readShape } from './wire-shape.ts';

/** What is known of an input before its elements are. */
interface Head {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly parameters?: Parameters;
}

/** One member of `inputs`: its elements from `data` or from the bytes behind the JSON, never both. */
export function decodeJsonInput(
  name: string,
  members: Readonly<Record<string, unknown>>,
  binary: BinaryReader,
): WireTensor {
  const subject = nameInput(name, binary.modelName);
  const parameters = readParameters(members['parameters'], subject);
  refuseSharedMemory(subject, parameters);
  const shape = readShape(members['shape'], subject);
  const { binary_data_size: sizeBytes, ...others } = parameters;
  const { data } = members;
  if ((data === undefined) === (sizeBytes === undefined)) {
    const got = data === undefined ? 'neither' : 'both';
    throw invalid(`${subject}: expected either "data" or the parameter "binary_data_size", got ${got}.`);
  }
  const dtype = readDatatype(members['datatype'], subject);
  const head: Head = { name, dtype, shape, ...(Object.keys(others).length > 0 && { parameters: others }) };
  return sizeBytes === undefined ? fromData(head, data, binary) : fromBytes(head, sizeBytes, binary);
}

function readDatatype(datatype: unknown, subject: string): Dtype {
  const dtype = typeof datatype === 'string' ? dtypeOf(datatype) : undefined;
  if (dtype !== undefined) return dtype;
  if (datatype === 'BF16') throw invalid(`${subject}: no model here takes BF16.`);
  const meant = typeof datatype === 'string' ? dtypeOf(datatype.slice(0, 16).toUpperCase()) : undefined;
  const hint = meant === undefined ? '' : ` Did you mean "${datatypeOf(meant)}"?`;
  throw invalid(`${subject}: expected "datatype" to be one of the protocol's, such as "FP32".${hint}`);
}

function fromData({ dtype, ...head }: Head, data: unknown, binary: BinaryReader): WireTensor {
  const subject = nameInput(head.name, binary.modelName);
  if (dtype === 'float16') {
    throw invalid(`${subject}: FP16 has no JSON form; send bytes with the parameter "binary_data_size".`);
  }
  const count = countElements(head.shape, subject);
  const elements = readJsonData(data, { dtype, shape: head.shape, count, subject });
  if (dtype === 'string') {
    binary.countBytesElements(count);
    return { ...head, datatype: 'BYTES', elements: (elements as readonly string[]).map(encodeText), text: true };
  }
  const datatype = datatypeOf(dtype) as Exclude<Datatype, 'BYTES' | 'BF16'>;
  return { ...head, datatype, tensor: tensor<Dtype>(dtype, head.shape, elements as TensorOf<'float32'>['data']) };
}

function fromBytes({ dtype, ...head }: Head, sizeBytes: Parameters[string], binary: BinaryReader): WireTensor {
  const subject = nameInput(head.name, binary.modelName);
  if (typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) {
    throw invalid(
      `${subject}: expected "binary_data_size" to be a whole number of bytes, got ${describeJson(sizeBytes)}.`,
    );
  }
  const target: BinaryTarget = { dtype, shape: head.shape, subject, inputName: head.name };
  checkByteSize(sizeBytes, target);
  if (dtype === 'string') binary.countBytesElements(countElements(head.shape, subject));
  return { ...head, ...decodeBinaryTensor(binary.take(sizeBytes, head.name), target) };
}

const invalid = (message: string): ContractError => new ContractError('INVALID_REQUEST', message);
