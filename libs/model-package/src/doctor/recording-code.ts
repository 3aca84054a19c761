import type { ModelPackage } from '../model-package.ts';
import type { OnnxModel } from '../onnx/onnx-model.ts';
import { exporterOf } from './exporters.ts';

/** Above these names a line is no longer read: they are listed once and gone through. */
const MOST_SPELT_OUT = 6;
const LINE_LENGTH = 100;

/** Python that records golden cases with every field and output of a model, by record_golden.py. */
export function recordingCode({ name, signature }: ModelPackage, model: OnnxModel | undefined): string {
  const { module, version } = producerOf(model);
  const images = Object.keys(signature.input).filter((field) => signature.input[field]?.type === 'image');
  const values = Object.keys(signature.input).filter((field) => !images.includes(field));
  const outputs = Object.keys(signature.output);
  const [image, another] = images;
  const hasOneImage = image !== undefined && another === undefined;
  const files = hasOneImage ? [] : images;
  const input = rowCode(values, 'row', 'fields', files);
  const answer = rowCode(outputs, 'answer', 'outputs');
  const others = values.length === 0 ? '' : `, ${input}`;
  const recorded = hasOneImage
    ? `image_case(${quoted(image)}, row[${quoted(image)}], ${answer}${others})`
    : `case(${input}, ${answer})`;
  const imported = [hasOneImage ? 'image_case' : 'case', 'record', ...(files.length > 0 ? ['File'] : [])];
  return [
    ...(module === undefined ? [] : [`import ${module}`]),
    `from record_golden import ${imported.join(', ')}`,
    ...listed('fields', values),
    ...listed('outputs', outputs),
    `record(${quoted(`${name}/golden.jsonl`)},`,
    `       [${recorded} for row, answer in samples],`,
    `       producer={"library": ${version}}, tolerance={"absolute": 1e-5, "relative": 1e-5})`,
  ].join('\n');
}

interface Producer {
  readonly module?: string;
  /** A Python expression: the version is that of the machine it is evaluated on. */
  readonly version: string;
}

/** The library that answers are recorded from, where the file tells it; else a name that Python does not know until somebody says it. */
function producerOf(model: OnnxModel | undefined): Producer {
  if (/skl2onnx|sklearn/i.test(model?.producerName ?? ''))
    return { module: 'sklearn', version: 'f"scikit-learn {sklearn.__version__}"' };
  const exporter = exporterOf(model);
  if (exporter === 'torch' || exporter === 'keras')
    return { module: exporter, version: `f"${exporter} {${exporter}.__version__}"` };
  return { version: 'f"{library.__name__} {library.__version__}"' };
}

/** A dict of a row's values by name; of files their bytes. */
function rowCode(names: readonly string[], from: string, list: string, files: readonly string[] = []): string {
  const pictures = files.map((name) => `${quoted(name)}: File(${from}[${quoted(name)}], "png")`);
  if (names.length > MOST_SPELT_OUT) {
    const all = `{name: ${from}[name] for name in ${list}}`;
    return pictures.length === 0 ? all : `{**${all}, ${pictures.join(', ')}}`;
  }
  return `{${[...names.map((name) => `${quoted(name)}: ${from}[${quoted(name)}]`), ...pictures].join(', ')}}`;
}

/** `fields = ["a", …]` where they are not spelt out, in lines that can be read. */
function listed(list: string, names: readonly string[]): string[] {
  if (names.length <= MOST_SPELT_OUT) return [];
  const lines: string[] = [];
  const indent = ' '.repeat(list.length + 4);
  for (const [index, name] of names.entries()) {
    const text = `${quoted(name)}${index === names.length - 1 ? ']' : ','}`;
    const last = lines.at(-1);
    if (last === undefined) lines.push(`${list} = [${text}`);
    else if (last.length + text.length < LINE_LENGTH) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(`${indent}${text}`);
  }
  return lines;
}

/** A string as Python reads it. */
function quoted(name: string): string {
  return JSON.stringify(name);
}
