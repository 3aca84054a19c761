import { basename } from 'node:path';
import { postRequest } from '../http-connection.ts';
import type { Case } from '../workloads/prepare-cases.ts';
import type { Workload } from '../workloads/workload.ts';
import type { Dialect } from './dialect.ts';
import { predictionsIn, rowsRequest } from './plain.ts';

const shape = [1, 3, 224, 224];
const scoreBytes = 40;

/** Our own routes: rows and pictures at /v1, tensors by the Open Inference Protocol at /v2. */
export const webSingle: Dialect = {
  supports: ({ carriage }) => carriage !== 'tensor-grpc',
  request(workload, wanted) {
    const { carriage, mediaType, packageFolder } = workload;
    const model = basename(packageFolder);
    if (carriage === 'rows') return rowsRequest(`/v1/models/${model}/predict`, wanted);
    if (carriage === 'image') {
      return postRequest(`/v1/models/${model}/predict`, mediaType!, wanted.inputs[0]!['image'] as Uint8Array);
    }
    const path = `/v2/models/${model}/infer`;
    return carriage === 'tensor-binary' ? binaryRequest(path, wanted.tensor!) : jsonRequest(path, wanted.tensor!);
  },
  predictions({ carriage }: Workload, body) {
    if (carriage === 'tensor-binary') return [{ scores: readScores(body) }];
    if (carriage !== 'tensor-json') return predictionsIn(body);
    const { outputs } = JSON.parse(body.toString()) as { outputs: readonly { data: readonly number[] }[] };
    return [{ scores: outputs[0]!.data }];
  },
};

/** The tensor as bytes behind the JSON, the answer as bytes too. */
function binaryRequest(path: string, tensor: NonNullable<Case['tensor']>): Uint8Array {
  const parameters = { binary_data_size: tensor.byteLength };
  const json = Buffer.from(
    JSON.stringify({
      inputs: [{ name: 'image', shape, datatype: 'FP32', parameters }],
      parameters: { binary_data_output: true },
    }),
  );
  const type = `application/octet-stream\r\nInference-Header-Content-Length: ${json.length}`;
  return postRequest(path, type, Buffer.concat([json, floatBytes(tensor)]));
}

/** The same numbers as JSON, with the digits that round-trip. */
function jsonRequest(path: string, tensor: NonNullable<Case['tensor']>): Uint8Array {
  const inputs = [{ name: 'image', shape, datatype: 'FP32', data: [...tensor] }];
  return postRequest(path, 'application/json', Buffer.from(JSON.stringify({ inputs })));
}

/** Ten float32 at the end of a binary answer. */
export function readScores(bytes: Uint8Array): readonly number[] {
  return [...new Float32Array(Uint8Array.from(bytes.subarray(-scoreBytes)).buffer)];
}

export function floatBytes(tensor: Float32Array): Buffer {
  return Buffer.from(tensor.buffer, tensor.byteOffset, tensor.byteLength);
}
