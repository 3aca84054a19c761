import { OnnxFormatError } from './onnx-format-error.ts';
import type { OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from './onnx-model.ts';
import { readNode } from './read-node.ts';
import { readStringEntry, readTensor } from './read-tensor.ts';
import { readValueInfo } from './read-value-info.ts';
import { walkModel } from './walk-model.ts';
import { bytesOf, intOf, readFields, singleMessage, textOf } from './wire.ts';

/**
 * Reads what an ONNX file says of itself, skipping weights: the result holds views into `bytes`.
 * Throws `OnnxFormatError` for anything that is not a complete ModelProto; hostile bytes never do worse.
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  const header = readHeader(bytes);
  const graph = singleMessage(bytes, 7);
  if (graph === undefined) throw new OnnxFormatError('it holds no graph: it is truncated or no model at all');
  if (header.irVersion === 0) throw new OnnxFormatError('it does not say its IR version');
  return { ...header, ...readGraph(graph), ...walkModel(bytes) };
}

function readHeader(bytes: Uint8Array) {
  const header = { irVersion: 0, producerName: '', producerVersion: '', hasTrainingInfo: false };
  const opsets: { domain: string; version: number }[] = [];
  const metadata = new Map<string, string>();
  for (const field of readFields(bytes)) {
    if (field.number === 1) header.irVersion = Number(intOf(field));
    else if (field.number === 2) header.producerName = textOf(field);
    else if (field.number === 3) header.producerVersion = textOf(field);
    else if (field.number === 8) opsets.push(readOpset(bytesOf(field)));
    else if (field.number === 14) metadata.set(...readStringEntry(bytesOf(field)));
    else if (field.number === 20) header.hasTrainingInfo = true;
  }
  return { ...header, opsets, metadata };
}

function readOpset(message: Uint8Array): { domain: string; version: number } {
  let domain = '';
  let version = 0;
  for (const field of readFields(message)) {
    if (field.number === 1) domain = textOf(field);
    if (field.number === 2) version = Number(intOf(field));
  }
  return { domain: domain === 'ai.onnx' ? '' : domain, version };
}

function readGraph(graph: Uint8Array) {
  const nodes: OnnxNode[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  const initializers = new Map<string, OnnxTensor>();
  for (const field of readFields(graph)) {
    if (field.number === 1) nodes.push(readNode(bytesOf(field), nodes.length));
    else if (field.number === 5) addInitializer(initializers, readTensor(bytesOf(field)));
    else if (field.number === 11) inputs.push(readValueInfo(bytesOf(field)));
    else if (field.number === 12) outputs.push(readValueInfo(bytesOf(field)));
    else if (field.number === 15) addSparseInitializer(initializers, bytesOf(field));
  }
  return { nodes, outputs, initializers, inputs: inputs.filter(({ name }) => !initializers.has(name)) };
}

function addInitializer(initializers: Map<string, OnnxTensor>, tensor: OnnxTensor): void {
  initializers.set(tensor.name, tensor);
}

/** A sparse initializer carries its name in its values tensor. */
function addSparseInitializer(initializers: Map<string, OnnxTensor>, message: Uint8Array): void {
  const values = singleMessage(message, 1);
  if (values !== undefined) addInitializer(initializers, { ...readTensor(values), elementType: 0 });
}
