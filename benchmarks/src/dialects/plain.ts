import { postRequest } from '../http-connection.ts';
import type { Case } from '../workloads/prepare-cases.ts';
import type { Dialect } from './dialect.ts';

/** What a small server written for one model takes: rows as JSON, a picture or a tensor as the raw body. */
export const plain: Dialect = {
  supports: ({ carriage }) => carriage !== 'tensor-grpc',
  request({ carriage, mediaType }, wanted) {
    if (carriage === 'rows') return rowsRequest('/predict', wanted);
    if (carriage === 'image') return postRequest('/predict', mediaType!, wanted.inputs[0]!['image'] as Uint8Array);
    const tensor = wanted.tensor!;
    if (carriage === 'tensor-json') return tensorJsonRequest('/predict-json', tensor);
    return postRequest('/predict-tensor', 'application/octet-stream', Buffer.from(tensor.buffer));
  },
  predictions: (_, body) => predictionsIn(body),
};

export function rowsRequest(path: string, { inputs }: Case): Uint8Array {
  return postRequest(path, 'application/json', Buffer.from(JSON.stringify({ rows: inputs })));
}

export function tensorJsonRequest(path: string, tensor: Float32Array): Uint8Array {
  return postRequest(path, 'application/json', Buffer.from(JSON.stringify({ image: [...tensor] })));
}

export function predictionsIn(body: Buffer): readonly Record<string, unknown>[] {
  return (JSON.parse(body.toString()) as { predictions: readonly Record<string, unknown>[] }).predictions;
}
