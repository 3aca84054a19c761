import { javaScript } from './dialects.ts';
import { float16Bits } from './float16-bits.ts';
import { code, printLiteral } from './literal.ts';
import type { Literal, Scalar } from './literal.ts';
import { quoteJavaScript } from './quote-text.ts';
import { sentTensors } from './sent-tensor.ts';
import type { SentTensor } from './sent-tensor.ts';
import type { PreparedCall } from './snippet.ts';

const ARRAYS: Readonly<Record<string, string>> = {
  INT8: 'Int8Array',
  INT16: 'Int16Array',
  INT32: 'Int32Array',
  INT64: 'BigInt64Array',
  UINT8: 'Uint8Array',
  UINT16: 'Uint16Array',
  UINT32: 'Uint32Array',
  UINT64: 'BigUint64Array',
  FP16: 'Uint16Array',
  FP32: 'Float32Array',
  FP64: 'Float64Array',
};

/** The row as tensors of bytes: for 64-bit integers and floats that JSON cannot carry. */
export function inferExpression(call: PreparedCall): readonly string[] | undefined {
  const tensors = sentTensors(call);
  if (tensors === undefined) return undefined;
  const { name, version } = call.model;
  const inputs = new Map(tensors.map((tensor) => [tensor.name, inputOf(tensor)]));
  const options = new Map<string, Literal>([
    ['level', 'row'],
    ...(version === undefined ? [] : [['version', version] as const]),
  ]);
  const values = [inputs, options].map((value) => printLiteral(value, javaScript));
  return [
    `const { outputs } = await predictor.infer(${quoteJavaScript(name)}, ${values.join(', ')});`,
    'console.log(outputs);',
  ];
}

function inputOf({ datatype, shape, content }: SentTensor): Literal {
  return new Map<string, Literal>([
    ['data', code(dataOf(datatype, content))],
    ['shape', shape],
    // An array of 16 bits may hold floats, too.
    ...(datatype === 'FP16' || datatype === 'UINT16' ? [['datatype', datatype] as const] : []),
  ]);
}

function dataOf(datatype: string, content: SentTensor['content']): string {
  if ('file' in content) return `[await readFile(${quoteJavaScript(content.file.fileName)})]`;
  if ('base64' in content) return `[Uint8Array.from(atob('${content.base64}'), (byte) => byte.charCodeAt(0))]`;
  const array = ARRAYS[datatype];
  if (array === undefined) return printLiteral(content.elements, javaScript);
  return `${array}.of(${content.elements.map((element) => elementText(datatype, element)).join(', ')})`;
}

function elementText(datatype: string, element: Scalar): string {
  if (datatype.endsWith('INT64')) return `${element}n`;
  return printLiteral(datatype === 'FP16' ? float16Bits(Number(element)) : element, javaScript);
}
