import { join } from 'node:path';
import type { Exchange } from './contenders/http-contender.ts';
import { postRequest } from './http-connection.ts';
import { workspaceRoot } from './server-process.ts';

export const cnnFile = join(workspaceRoot, 'benchmarks/models/cnn.onnx');
export const cnnShape = [1, 3, 224, 224] as const;

/** One picture as the session takes it: 600 kB of float32 in 0 to 1, always the same. */
export function cnnPixels(): Float32Array {
  return Float32Array.from({ length: 3 * 224 * 224 }, (_, index) => ((index * 7_919) % 256) / 255);
}

const path = '/v2/models/cnn/infer';
const expected = '"model_name":"cnn"';

/** The tensor as bytes behind the JSON, the answer as bytes too. */
export function binaryExchange(): Exchange {
  const pixels = cnnPixels();
  const json = Buffer.from(
    JSON.stringify({
      inputs: [
        { name: 'image', shape: cnnShape, datatype: 'FP32', parameters: { binary_data_size: pixels.byteLength } },
      ],
      parameters: { binary_data_output: true },
    }),
  );
  const body = Buffer.concat([json, Buffer.from(pixels.buffer)]);
  const type = `application/octet-stream\r\nInference-Header-Content-Length: ${json.length}`;
  return { request: postRequest(path, type, body), expected };
}

/** The same numbers as JSON, with the digits that round-trip. */
export function jsonExchange(): Exchange {
  const inputs = [{ name: 'image', shape: cnnShape, datatype: 'FP32', data: [...cnnPixels()] }];
  return { request: postRequest(path, 'application/json', Buffer.from(JSON.stringify({ inputs }))), expected };
}
