import { rawBytes, type Answer, type TestTensor } from './wire-tensor.ts';

export interface InferOptions {
  readonly level?: 'tensor' | 'row';
}

/** Answers of a model to tensors, by one way of carrying them. Rejects with the protocol's error text. */
export type Transport = (model: string, inputs: readonly TestTensor[], options?: InferOptions) => Promise<Answer>;

interface WireOutput {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
  readonly data?: readonly unknown[];
  readonly parameters?: { readonly binary_data_size?: number };
}

/** JSON both ways; files are base64 there, and `null` is NaN. */
export function restJson(url: string): Transport {
  return async (model, inputs, options = {}) => {
    const body = {
      inputs: inputs.map(({ values, ...rest }) => ({ ...rest, data: values.map(jsonElement) })),
      ...parametersOf(options),
    };
    const response = await fetch(`${url}/v2/models/${model}/infer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stringify(body),
    });
    const reply = parseExact(await response.text()) as { error?: string; outputs: WireOutput[] };
    if (response.status !== 200) throw new Error(reply.error);
    return Object.fromEntries(
      reply.outputs.map(({ name, datatype, shape, data = [] }) => {
        const values = data.map((value) => (value === null ? NaN : value));
        return [name, { datatype, shape, hex: rawBytes(datatype, values as never).toString('hex') }];
      }),
    );
  };
}

/** Bytes behind the JSON both ways. */
export function restBinary(url: string): Transport {
  return async (model, inputs, options = {}) => {
    const parts = inputs.map(({ datatype, values }) => rawBytes(datatype, values));
    const json = Buffer.from(
      stringify({
        inputs: inputs.map(({ name, datatype, shape }, index) => ({
          name,
          datatype,
          shape,
          parameters: { binary_data_size: parts[index]!.length },
        })),
        ...parametersOf({ ...options, binary_data_output: true }),
      }),
    );
    const response = await fetch(`${url}/v2/models/${model}/infer`, {
      method: 'POST',
      headers: {
        'inference-header-content-length': String(json.length),
        'content-type': 'application/octet-stream',
      },
      body: Buffer.concat([json, ...parts]),
    });
    const body = Buffer.from(await response.arrayBuffer());
    if (response.status !== 200) throw new Error((JSON.parse(body.toString()) as { error: string }).error);
    return readBinary(body, Number(response.headers.get('inference-header-content-length') ?? body.length));
  };
}

function readBinary(body: Buffer, headerLength: number): Answer {
  const { outputs } = JSON.parse(body.subarray(0, headerLength).toString()) as { outputs: WireOutput[] };
  let offset = headerLength;
  return Object.fromEntries(
    outputs.map(({ name, datatype, shape, parameters }) => {
      const end = offset + (parameters?.binary_data_size ?? 0);
      const hex = body.subarray(offset, end).toString('hex');
      offset = end;
      return [name, { datatype, shape, hex }];
    }),
  );
}

function parametersOf(parameters: object): object {
  return Object.keys(parameters).length === 0 ? {} : { parameters };
}

function jsonElement(value: TestTensor['values'][number]): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return Number.isNaN(value) ? null : value;
}

/** With 64-bit integers as they are. */
function stringify(value: unknown): string {
  const marked = JSON.stringify(value, (_, element: unknown) =>
    typeof element === 'bigint' ? `${element}n` : element,
  );
  return marked.replace(/"(-?\d+)n"/g, '$1');
}

function parseExact(text: string): unknown {
  const revive = (_key: string, value: unknown, { source }: { source?: string }): unknown =>
    typeof value === 'number' && source !== undefined && /^-?\d{16,}$/.test(source) ? BigInt(source) : value;
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}
