import type { OnnxValue } from '../onnx/onnx-model.ts';
import { lineFor } from './exporters.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Inputs whose first dimension is a number, those of one number together: one export mends them all. */
export function fixedBatch({ model, file }: Subject): Finding[] {
  const inputs = model?.inputs ?? [];
  const fixed = inputs.filter(({ dims }) => typeof dims?.[0] === 'number');
  const groups = [...Map.groupBy(fixed, ({ dims }) => Number(dims?.[0])).entries()];
  return groups.map(([rows, group]) => ({
    rule: 'fixed-batch',
    severity: 'warning',
    where: `${file} ${group.length === 1 ? 'input' : 'inputs'} ${group.map(({ name }) => `"${name}"`).join(', ')}`,
    what: `The first dimension is fixed at ${rows}: ${group.map(shapeText).join(', ')}.`,
    why: whyFixed(rows),
    remedy: 'Export with a dynamic first dimension.',
    code: lineFor(model, {
      torch: torchLine(inputs.length),
      sklearn: `to_onnx(model, initial_types=[${inputs.map(sklearnType).join(', ')}])`,
      keras: `tf2onnx.convert.from_keras(model, input_signature=[${inputs.map(tensorSpec).join(', ')}])`,
      other: [
        'm = onnx.load("model.onnx")',
        'for i in m.graph.input:',
        `    if i.name in {${group.map(({ name }) => JSON.stringify(name)).join(', ')}}: i.type.tensor_type.shape.dim[0].dim_param = "batch"`,
        'onnx.save(m, "model.onnx")',
      ].join('\n'),
    }),
  }));
}

function whyFixed(rows: number): string {
  if (rows === 0) return 'It takes no rows at all: nothing can be asked.';
  if (rows === 1) return 'Every row is a run of its own: several at once are several times as slow.';
  return `If that is a batch, the one of the example is baked in and a row of a caller is ${rows} rows at once; if it is none, the graph has no batch and every row is a run of its own.`;
}

function shapeText({ dims = [] }: OnnxValue): string {
  return `[${dims.map((dim) => dim ?? '?').join(', ')}]`;
}

function torchLine(count: number): string {
  if (count === 1)
    return 'torch.onnx.export(model, (example,), "model.onnx", dynamic_shapes=({0: torch.export.Dim("batch")},))';
  const shapes = Array.from({ length: count }, () => '{0: batch}').join(', ');
  return `batch = torch.export.Dim("batch")\ntorch.onnx.export(model, examples, "model.onnx", dynamic_shapes=(${shapes}))`;
}

/** TensorProto.DataType: names of skl2onnx and of TensorFlow. */
const TYPES: Readonly<Record<number, readonly [sklearn: string, tensorflow: string]>> = {
  1: ['FloatTensorType', 'float32'],
  3: ['Int8TensorType', 'int8'],
  6: ['Int32TensorType', 'int32'],
  7: ['Int64TensorType', 'int64'],
  8: ['StringTensorType', 'string'],
  9: ['BooleanTensorType', 'bool'],
  10: ['Float16TensorType', 'float16'],
  11: ['DoubleTensorType', 'float64'],
};

function sklearnType({ name, dims = [], elementType }: OnnxValue): string {
  const type = TYPES[elementType]?.[0] ?? 'FloatTensorType';
  return `(${JSON.stringify(name)}, ${type}([${dynamic(dims)}]))`;
}

function tensorSpec({ name, dims = [], elementType }: OnnxValue): string {
  const type = TYPES[elementType]?.[1] ?? 'float32';
  return `tf.TensorSpec([${dynamic(dims)}], tf.${type}, ${JSON.stringify(name)})`;
}

function dynamic([, ...rest]: NonNullable<OnnxValue['dims']>): string {
  return ['None', ...rest.map((dim) => (typeof dim === 'number' ? String(dim) : 'None'))].join(', ');
}
