import { hereJson } from './dialects.ts';
import { filesNote } from './files-note.ts';
import { code, printLiteral } from './literal.ts';
import type { Literal, Scalar } from './literal.ts';
import { quoteShell } from './quote-text.ts';
import { rawContents, toBase64, utf8 } from './raw-contents.ts';
import { sentTensors } from './sent-tensor.ts';
import type { SentTensor } from './sent-tensor.ts';
import { fileAsBase64, hereDocument } from './shell-text.ts';
import type { PreparedCall, Snippet } from './snippet.ts';

/** Where each datatype travels; FP16 travels as bytes only. */
const CONTENTS: Readonly<Record<string, string>> = {
  BOOL: 'bool_contents',
  INT8: 'int_contents',
  INT16: 'int_contents',
  INT32: 'int_contents',
  INT64: 'int64_contents',
  UINT8: 'uint_contents',
  UINT16: 'uint_contents',
  UINT32: 'uint_contents',
  UINT64: 'uint64_contents',
  FP32: 'fp32_contents',
  FP64: 'fp64_contents',
  BYTES: 'bytes_contents',
};

/** The gRPC call, with what it looks like fetched from the server: reflection may be off. */
export function grpcurlSnippet(call: PreparedCall): Snippet | undefined {
  const { baseUrl, grpcTarget, model } = call;
  const tensors = sentTensors(call);
  const request = tensors && requestOf(call, tensors);
  if (grpcTarget === undefined || request === undefined) return undefined;
  const security = baseUrl.startsWith('https:') ? '' : '-plaintext ';
  const lines = [
    `curl -sSo inference.protoset ${quoteShell(`${baseUrl}/docs/inference.protoset`)}`,
    `grpcurl ${security}-protoset inference.protoset -d @ ${quoteShell(grpcTarget)} \\`,
    `  inference.GRPCInferenceService/ModelInfer ${hereDocument(printLiteral(request, hereJson))}`,
  ];
  const note = [
    ...filesNote(call.fields),
    'Get it with "go install github.com/fullstorydev/grpcurl/cmd/grpcurl@latest".',
    'The first line fetches what the calls look like; without -protoset it needs GRPC_REFLECTION=true on the server.',
    isTyped(model.rowLevel?.outputs) ? 'Texts are base64 both ways.' : 'The answer is base64 of raw tensors.',
  ];
  return { id: 'grpcurl', title: 'grpcurl', language: 'sh', code: lines.join('\n'), note: note.join(' ') };
}

function requestOf({ model }: PreparedCall, tensors: readonly SentTensor[]): Literal | undefined {
  const raw = isTyped(tensors) ? [] : tensors.map(rawContents);
  if (!raw.every((bytes) => bytes !== undefined)) return undefined;
  const isAnswerTyped = isTyped(model.rowLevel?.outputs);
  const parameters = new Map<string, Literal>([
    ['level', new Map([['string_param', 'row']])],
    ...(isAnswerTyped ? [['typed_contents', new Map([['bool_param', true]])] as const] : []),
  ]);
  return new Map<string, Literal>([
    ['model_name', model.name],
    ...(model.version === undefined ? [] : [['model_version', model.version] as const]),
    ['parameters', parameters],
    ['inputs', tensors.map((tensor) => inputOf(tensor, raw.length === 0))],
    ...(raw.length === 0 ? [] : [['raw_input_contents', raw.map(toBase64)] as const]),
  ]);
}

function isTyped(tensors: readonly { readonly datatype: string }[] = []): boolean {
  return tensors.every(({ datatype }) => Object.hasOwn(CONTENTS, datatype));
}

function inputOf({ name, datatype, shape, content }: SentTensor, typed: boolean): Literal {
  return new Map<string, Literal>([
    ['name', name],
    ['datatype', datatype],
    ['shape', shape],
    ...(typed ? [['contents', new Map([[CONTENTS[datatype] ?? '', elementsOf(datatype, content)]])] as const] : []),
  ]);
}

function elementsOf(datatype: string, content: SentTensor['content']): readonly Literal[] {
  if ('file' in content) return [code(fileAsBase64(content.file.fileName))];
  if ('base64' in content) return [content.base64];
  return content.elements.map((element) => elementOf(datatype, element));
}

/** 64-bit integers are texts in JSON of protobuf, bytes are base64. */
function elementOf(datatype: string, element: Scalar): Scalar {
  if (datatype === 'BYTES') return toBase64(utf8(String(element)));
  return datatype.endsWith('INT64') ? String(element) : element;
}
