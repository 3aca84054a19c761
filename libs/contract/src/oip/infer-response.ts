import type { Row, Tensor } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';
import { classify } from './classification.ts';
import type { InferRequest, InferResponse, WireTensor } from './message.ts';
import type { NamedTensors, OipModel } from './oip-model.ts';
import { nameOutput } from './quote-name.ts';
import { requestedOutputs } from './requested-outputs.ts';
import { wireTensor } from './wire-tensor.ts';
import { writeColumn } from './write-column.ts';

/** What an output is, and what its columns stand for where that is known. */
interface Answer {
  readonly tensor: Tensor;
  readonly hasBatch: boolean;
  readonly labels: readonly string[] | undefined;
}

/** The response to a request at the tensor level: the session's outputs, as wanted. Shares their memory. */
export function responseFromTensors(request: InferRequest, model: OipModel, outputs: NamedTensors): InferResponse {
  return respond(request, model, [...model.sessionOutputs.keys()], (name): Answer | undefined => {
    const tensor = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
    if (tensor === undefined) return undefined;
    return { tensor, hasBatch: hasBatch(model, name), labels: model.sessionLabels.get(name) };
  });
}

/** The response to a request at the row level: one tensor per output field, rows first. */
export function responseFromRows(request: InferRequest, model: OipModel, rows: readonly Row[]): InferResponse {
  return respond(request, model, [...model.rowOutputs.keys()], (name): Answer | undefined => {
    const spec = model.rowOutputs.get(name);
    if (spec === undefined) return undefined;
    return { tensor: writeColumn(rows, spec, model.name), hasBatch: true, labels: spec.labels };
  });
}

function hasBatch({ batchable, sessionOutputs }: OipModel, output: string): boolean {
  const first = sessionOutputs.get(output)?.dims[0];
  return batchable && first !== undefined && typeof first !== 'number';
}

function respond(
  request: InferRequest,
  { name, version }: OipModel,
  all: readonly string[],
  answer: (output: string) => Answer | undefined,
): InferResponse {
  const outputs = requestedOutputs(request, all).map((wanted): WireTensor => {
    const found = answer(wanted.name);
    if (found === undefined) {
      throw new ContractError('INFERENCE_FAILED', `${nameOutput(wanted.name, name)} was not given.`);
    }
    const { tensor, hasBatch, labels } = found;
    const isClassified = wanted.classes !== undefined;
    return wireTensor(
      wanted.name,
      isClassified ? classify(tensor, { classes: wanted.classes, hasBatch, labels }) : tensor,
    );
  });
  return { modelName: name, modelVersion: version, ...(request.id !== undefined && { id: request.id }), outputs };
}
