import type { OnnxModel } from '../onnx/onnx-model.ts';

/** Who wrote an ONNX file, where that changes the line that mends it. */
export type Exporter = 'sklearn' | 'torch' | 'keras' | 'other';

export function exporterOf(model: OnnxModel | undefined): Exporter {
  const producer = (model?.producerName ?? '').toLowerCase();
  if (/torch/.test(producer)) return 'torch';
  if (/tf2onnx|keras/.test(producer)) return 'keras';
  if (/skl2onnx|onnxmltools|sklearn/.test(producer)) return 'sklearn';
  return model?.operators.some(({ domain }) => domain === 'ai.onnx.ml') === true ? 'sklearn' : 'other';
}

type Lines = Readonly<Partial<Record<Exporter, string>>> & { readonly other: string };

/** The line for this exporter. */
export function lineFor(model: OnnxModel | undefined, lines: Lines): string {
  return lines[exporterOf(model)] ?? lines.other;
}
