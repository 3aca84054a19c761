import type { Dim, TensorSpec } from '@web-single/tensor';
import { datatypeOf } from './datatype.ts';
import type { ModelMetadata, TensorMetadata } from './model-facts.ts';
import type { OipModel } from './oip-model.ts';
import { rowTensor } from './row-level.ts';

/** The metadata of a model: inputs and outputs of its session, and of the row level as text in `properties`. */
export function modelMetadata(model: OipModel): ModelMetadata {
  return {
    name: model.name,
    versions: model.versions,
    platform: 'onnxruntime_onnx',
    inputs: [...model.sessionInputs.values()].map(tensorMetadata),
    outputs: [...model.sessionOutputs.values()].map(tensorMetadata),
    properties: levelProperties(model),
  };
}

export function tensorMetadata({ name, dtype, dims }: TensorSpec): TensorMetadata {
  return { name, datatype: datatypeOf(dtype), shape: wireShape(dims) };
}

/** −1 for every dim that varies. */
export function wireShape(dims: readonly Dim[]): readonly number[] {
  return dims.map((dim) => (typeof dim === 'number' ? dim : -1));
}

/** Says which level is shown, what the other one is and how to choose. */
export function levelProperties({ rowInputs, rowOutputs }: OipModel): Readonly<Record<string, string>> {
  return {
    level: 'tensor',
    level_choice: LEVEL_CHOICE,
    row_level_inputs: JSON.stringify([...rowInputs.values()].map(rowTensor)),
    row_level_outputs: JSON.stringify([...rowOutputs.values()].map(rowTensor)),
  };
}

const LEVEL_CHOICE =
  'The request parameter "level" chooses: "tensor" for the inputs and outputs listed here, as the session has them, ' +
  '"row" for those of row_level_inputs and row_level_outputs, with all checks and steps; without it the names of the inputs decide, "tensor" first.';
