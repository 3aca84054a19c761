import { postRequest } from '../http-connection.ts';
import type { Dialect } from './dialect.ts';
import { predictionsIn, rowsRequest, tensorJsonRequest } from './plain.ts';

const boundary = 'web-single-benchmark';

/** LitServe reads JSON or forms: pictures and tensors go as the file of a form. */
export const litServe: Dialect = {
  supports: ({ carriage }) => carriage !== 'tensor-grpc',
  request({ carriage, mediaType }, wanted) {
    if (carriage === 'rows') return rowsRequest('/predict', wanted);
    if (carriage === 'image') return formRequest(mediaType!, wanted.inputs[0]!['image'] as Uint8Array);
    const tensor = wanted.tensor!;
    if (carriage === 'tensor-json') return tensorJsonRequest('/predict', tensor);
    return formRequest('application/octet-stream', Buffer.from(tensor.buffer));
  },
  predictions: (_, body) => predictionsIn(body),
};

function formRequest(type: string, content: Uint8Array): Uint8Array {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="content"; filename="content"\r\nContent-Type: ${type}\r\n\r\n`;
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return postRequest('/predict', `multipart/form-data; boundary=${boundary}`, body);
}
