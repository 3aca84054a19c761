/** As much of ONNX's protobuf as a chain of matrix products needs: field numbers of onnx.proto. */
const float = 1;

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
}

export interface OnnxWeight {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

export interface OnnxGraph {
  readonly input: { readonly name: string; readonly width: number };
  readonly output: { readonly name: string; readonly width: number };
  readonly nodes: readonly OnnxNode[];
  readonly weights: readonly OnnxWeight[];
}

/** Bytes of a model of opset 17 with one float32 input and one output, both [batch, width]. */
export function encodeOnnx({ input, output, nodes, weights }: OnnxGraph): Buffer {
  const graph = [
    ...nodes.map(({ operator, inputs, output: target }) =>
      bytes(1, Buffer.concat([...inputs.map((name) => bytes(1, name)), bytes(2, target), bytes(4, operator)])),
    ),
    bytes(2, 'graph'),
    ...weights.map(({ name, dims, data }) =>
      bytes(
        5,
        Buffer.concat([...dims.map((dim) => integer(1, dim)), integer(2, float), bytes(8, name), bytes(9, raw(data))]),
      ),
    ),
    bytes(11, valueInfo(input)),
    bytes(12, valueInfo(output)),
  ];
  return Buffer.concat([integer(1, 10), bytes(7, Buffer.concat(graph)), bytes(8, integer(2, 17))]);
}

function valueInfo({ name, width }: OnnxGraph['input']): Buffer {
  const shape = Buffer.concat([bytes(1, bytes(2, 'batch')), bytes(1, integer(1, width))]);
  return Buffer.concat([bytes(1, name), bytes(2, bytes(1, Buffer.concat([integer(1, float), bytes(2, shape)])))]);
}

function raw(data: Float32Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function bytes(field: number, content: Buffer | string): Buffer {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}

function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function varint(value: number): Buffer {
  const parts: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...parts, rest]);
    parts.push((rest % 128) + 128);
  }
}
