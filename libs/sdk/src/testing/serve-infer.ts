import type { Answer, SeenRequest } from './serve.ts';

export interface SeenTensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly parameters: { readonly binary_data_size: number };
}

export interface SeenInfer {
  readonly id?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly inputs: readonly SeenTensor[];
  readonly outputs?: readonly { readonly name: string; readonly parameters: unknown }[];
  /** Of each input, in order. */
  readonly bytes: readonly Buffer[];
}

/** What an infer request says, read as the protocol writes it. */
export function readInfer({ headers, body }: SeenRequest): SeenInfer {
  const headerLength = Number(headers['inference-header-content-length']);
  const json = JSON.parse(body.subarray(0, headerLength).toString()) as SeenInfer;
  let end = headerLength;
  const bytes = json.inputs.map(({ parameters }) => body.subarray(end, (end += parameters.binary_data_size)));
  if (end !== body.length) throw new Error('Bytes are left over.');
  return { ...json, bytes };
}

/** Answers every input as an output of the same bytes. */
export const echo: Answer = (response, seen) => {
  const { id, inputs, bytes } = readInfer(seen);
  const json = JSON.stringify({ model_name: 'echo', model_version: '1', id, outputs: inputs });
  const isBinary = bytes.some(({ length }) => length > 0);
  const headers = {
    'content-type': isBinary ? 'application/octet-stream' : 'application/json',
    'x-request-id': 'req-1',
    ...(isBinary && { 'inference-header-content-length': String(Buffer.byteLength(json)) }),
  };
  response.writeHead(200, headers).end(Buffer.concat([Buffer.from(json), ...bytes]));
};

/** Answers with this JSON and these bytes behind it, right or wrong. */
export const replyWith =
  (json: unknown, bytes: Uint8Array = new Uint8Array(), headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) => {
    const text = JSON.stringify(json);
    const head = { 'x-request-id': 'req-1', 'inference-header-content-length': String(Buffer.byteLength(text)) };
    response.writeHead(200, { ...head, ...headers }).end(Buffer.concat([Buffer.from(text), bytes]));
  };
