import { scoresLabels } from './called-model.ts';
import type { CalledModel, RowTensor } from './called-model.ts';
import { python } from './dialects.ts';
import { filesNote, inlineNote } from './files-note.ts';
import { code, printLiteral } from './literal.ts';
import type { Code, Literal } from './literal.ts';
import { quotePython } from './quote-text.ts';
import { sentTensors } from './sent-tensor.ts';
import type { SentTensor } from './sent-tensor.ts';
import type { PreparedCall, Snippet } from './snippet.ts';

const TYPES: Readonly<Record<string, string>> = {
  BOOL: 'bool',
  INT8: 'int8',
  INT16: 'int16',
  INT32: 'int32',
  INT64: 'int64',
  UINT8: 'uint8',
  UINT16: 'uint16',
  UINT32: 'uint32',
  UINT64: 'uint64',
  FP16: 'float16',
  FP32: 'float32',
  FP64: 'float64',
  BYTES: 'object',
};

/** More labels than that would hide the call. */
const MOST_LABELS = 40;

/** Triton's client over HTTP, as it speaks to any server of the Open Inference Protocol. Flat, so that a prompt takes it, too. */
export function pythonSnippet(call: PreparedCall): Snippet | undefined {
  const tensors = sentTensors(call);
  const { baseUrl, model } = call;
  if (tensors === undefined || model.rowLevel === undefined) return undefined;
  const usesBase64 = tensors.some(({ content }) => 'base64' in content);
  const version = model.version === undefined ? '' : `, model_version=${quotePython(model.version)}`;
  const outputs = new Map(model.rowLevel.outputs.map((output) => [output.name, outputOf(output, model)]));
  const lines = [
    ...(usesBase64 ? ['import base64'] : []),
    'import json',
    'import numpy as np',
    'import tritonclient.http as triton',
    '',
    `client = triton.InferenceServerClient(${clientOf(baseUrl)})`,
    `inputs = ${printLines(tensors.map(inputOf))}`,
    `result = client.infer(${quotePython(model.name)}, inputs${version}, parameters={"level": "row"})`,
    `prediction = ${printLiteral(outputs, python)}`,
    'print(json.dumps(prediction, indent=2, ensure_ascii=False))',
  ];
  const note = [
    'Any client of the Open Inference Protocol does; this one: pip install "tritonclient[http]".',
    ...filesNote(call.fields),
    ...inlineNote(
      call.fields,
      () => 'From a file: open("picture.png", "rb").read() in the place of base64.b64decode(…).',
    ),
  ].join(' ');
  return { id: 'python', title: 'Python', language: 'python', code: lines.join('\n'), note };
}

/** Host and path, without the scheme. */
function clientOf(baseUrl: string): string {
  const { protocol, host, pathname } = new URL(baseUrl);
  const address = quotePython(`${host}${pathname.replace(/\/+$/, '')}`);
  return protocol === 'https:' ? `${address}, ssl=True` : address;
}

function printLines(expressions: readonly string[]): string {
  return `[\n${expressions.map((expression) => `  ${expression},\n`).join('')}]`;
}

function inputOf({ name, datatype, shape, content }: SentTensor): string {
  const head = `${quotePython(name)}, ${printLiteral(shape, python)}, ${quotePython(datatype)}`;
  return `triton.InferInput(${head}).set_data_from_numpy(${arrayOf({ datatype, shape, content })})`;
}

function arrayOf({ datatype, shape, content }: Omit<SentTensor, 'name'>): string {
  const type = quotePython(TYPES[datatype] ?? datatype);
  if ('file' in content) return `np.array([open(${quotePython(content.file.fileName)}, "rb").read()], ${type})`;
  if ('base64' in content) return `np.array([base64.b64decode(${quotePython(content.base64)})], ${type})`;
  if (shape.includes(0)) return `np.zeros(${printLiteral(shape, python)}, ${type})`;
  return `np.array(${printLiteral([content.nested], python)}, ${type})`;
}

/** The answer to the one row, as Python's own values. */
function outputOf({ name, datatype }: RowTensor, model: CalledModel): Code {
  const value = `result.as_numpy(${quotePython(name)})[0]`;
  const field = model.outputs[name];
  if (field?.type === 'scores') {
    const labels: Literal | undefined = scoresLabels(model, field);
    const isShort = labels !== undefined && labels.length <= MOST_LABELS;
    return code(isShort ? `dict(zip(${printLiteral(labels, python)}, ${value}.tolist()))` : `${value}.tolist()`);
  }
  if (field?.type !== 'tensor') return code(datatype === 'BYTES' ? `${value}.decode()` : `${value}.item()`);
  return code(
    datatype === 'BYTES' ? `np.vectorize(bytes.decode, otypes=[object])(${value}).tolist()` : `${value}.tolist()`,
  );
}
