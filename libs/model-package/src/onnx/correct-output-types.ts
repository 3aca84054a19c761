import { actualFloatType } from './actual-type.ts';
import { dtypeOf, elementTypeName } from './element-type.ts';
import type { GraphLinks } from './graph-links.ts';
import type { OnnxModel, OnnxValue } from './onnx-model.ts';
import { tensorOutput } from './wire-write.ts';

/** An output whose declared element type is not the one its operators give: the runtime refuses such a file. */
export interface CorrectedOutput {
  readonly name: string;
  /** ONNX's names: `double`, `float`. */
  readonly declared: string;
  readonly actual: string;
}

export interface OutputCorrection {
  /** The model with what its outputs really are. */
  readonly model: OnnxModel;
  /** ValueInfoProto bytes by the name of the output they replace. */
  readonly outputs: ReadonlyMap<string, Uint8Array>;
  readonly corrected: readonly CorrectedOutput[];
}

/** Plans to declare float outputs as what they are: skl2onnx declares a forest's numbers double after float64 samples. */
export function correctOutputTypes(model: OnnxModel, links: GraphLinks): OutputCorrection {
  const outputs = new Map<string, Uint8Array>();
  const corrected: CorrectedOutput[] = [];
  const values = model.outputs.map((value): OnnxValue => {
    const actual = isFloat(value) ? actualFloatType(value.name, model, links) : undefined;
    const dtype = actual === undefined ? undefined : dtypeOf(actual);
    if (actual === undefined || dtype === undefined || actual === value.elementType) return value;
    const { name } = value;
    outputs.set(name, tensorOutput(name, actual));
    corrected.push({ name, declared: elementTypeName(value.elementType), actual: elementTypeName(actual) });
    return { ...value, elementType: actual, typeName: `tensor(${elementTypeName(actual)})`, dtype };
  });
  return { model: corrected.length === 0 ? model : { ...model, outputs: values }, outputs, corrected };
}

function isFloat({ dtype }: OnnxValue): boolean {
  return dtype === 'float32' || dtype === 'float64';
}
