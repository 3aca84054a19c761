import { ContractError } from '../contract-error.ts';
import { encodeBinaryTensor } from './binary-tensor.ts';
import { encodeText } from './bytes-text.ts';
import type { InferRequest, InferResponse, Parameters, WireTensor } from './message.ts';
import { printElements } from './print-elements.ts';
import type { PrintableTensor } from './print-elements.ts';
import { nameOutput } from './quote-name.ts';
import { noJsonForm } from './requested-outputs.ts';

/** A response body: its JSON as one chunk, then each binary tensor as a view of its memory. */
export interface EncodedInferResponse {
  readonly contentType: string;
  /** For the header `Inference-Header-Content-Length`: bytes of JSON in front. Undefined where there is JSON only. */
  readonly headerLength?: number;
  readonly chunks: readonly Uint8Array[];
  /** Of all chunks. */
  readonly sizeBytes: number;
}

/** Encodes a response as REST carries it, each output in the form that the request wants it in. */
export function encodeInferResponse(response: InferResponse, request: InferRequest): EncodedInferResponse {
  const json: (string | Uint8Array)[] = [printHead(response)];
  const binary: Uint8Array[] = [];
  for (const [index, output] of response.outputs.entries()) {
    if (index > 0) json.push(',');
    if (isBinaryOutput(output, request)) {
      const bytes = encodeBinaryTensor(output);
      if (bytes.length > 0) binary.push(bytes);
      json.push(printOutput({ ...output.parameters, binary_data_size: bytes.length }, output), '}');
    } else {
      json.push(printOutput(output.parameters, output), ',"data":[', ...printData(output, response), ']}');
    }
  }
  json.push(']}');
  const head = joinParts(json);
  const sizeBytes = binary.reduce((size, bytes) => size + bytes.length, head.length);
  if (binary.length === 0) return { contentType: 'application/json', chunks: [head], sizeBytes };
  return { contentType: 'application/octet-stream', headerLength: head.length, chunks: [head, ...binary], sizeBytes };
}

function joinParts(parts: readonly (string | Uint8Array)[]): Uint8Array {
  const chunks = parts.map((part) => (typeof part === 'string' ? encodeText(part) : part));
  const joined = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    joined.set(chunk, offset);
    offset += chunk.length;
  }
  return joined;
}

/** Each output's own word, else that for all, else JSON. */
function isBinaryOutput({ name }: WireTensor, { outputs, binaryOutputs }: InferRequest): boolean {
  return outputs?.find((output) => output.name === name)?.binary ?? binaryOutputs ?? false;
}

function printHead({ modelName, modelVersion, id, parameters }: InferResponse): string {
  const head = {
    model_name: modelName,
    model_version: modelVersion,
    ...(id !== undefined && { id }),
  };
  return `${openObject(head)}${printParameters(parameters)},"outputs":[`;
}

/** Without the closing brace, as `openObject`. */
function printOutput(parameters: Parameters | undefined, { name, shape, datatype }: WireTensor): string {
  return `${openObject({ name, shape, datatype })}${printParameters(parameters)}`;
}

function openObject(members: object): string {
  return JSON.stringify(members).slice(0, -1);
}

/** Integers of gRPC may be bigint, which the native printer refuses. */
function printParameters(parameters: Parameters | undefined): string {
  if (parameters === undefined) return '';
  const entries = Object.entries(parameters).map(
    ([name, value]) => `${JSON.stringify(name)}:${typeof value === 'bigint' ? value : JSON.stringify(value)}`,
  );
  return `,"parameters":{${entries.join()}}`;
}

function printData(output: WireTensor, { modelName }: InferResponse): readonly (string | Uint8Array)[] {
  const subject = nameOutput(output.name, modelName);
  if (output.datatype === 'BYTES') return [output.elements.map((element) => printText(element, subject)).join()];
  const { tensor } = output;
  if (tensor.dtype === 'float16') throw new ContractError('INVALID_REQUEST', noJsonForm(subject, output.datatype));
  return printElements(tensor as PrintableTensor);
}

function printText(element: Uint8Array, subject: string): string {
  try {
    return JSON.stringify(UTF8.decode(element));
  } catch {
    throw new ContractError('INVALID_REQUEST', `${subject} is not UTF-8: ask for it with "binary_data".`);
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
