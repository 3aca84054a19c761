import { OnnxFormatError } from './onnx-format-error.ts';
import type { OnnxNode } from './onnx-model.ts';
import { bytesOf, decodeText, intOf, intsOf, readFields, singleMessage, textOf } from './wire.ts';

/** Reads a NodeProto; its attributes stay raw. */
export function readNode(message: Uint8Array, index: number): OnnxNode {
  const node = { opType: '', domain: '', name: '' };
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, Uint8Array>();
  for (const field of readFields(message)) {
    if (field.number === 1) inputs.push(textOf(field));
    else if (field.number === 2) outputs.push(textOf(field));
    else if (field.number === 3) node.name = textOf(field);
    else if (field.number === 4) node.opType = textOf(field);
    else if (field.number === 7) node.domain = textOf(field);
    else if (field.number === 5) addAttribute(attributes, bytesOf(field));
  }
  return { ...node, domain: node.domain === 'ai.onnx' ? '' : node.domain, index, inputs, outputs, attributes };
}

function addAttribute(attributes: Map<string, Uint8Array>, message: Uint8Array): void {
  const name = attributeName(message);
  if (attributes.has(name)) throw new OnnxFormatError(`a node has the attribute "${name}" twice`);
  attributes.set(name, message);
}

function attributeName(message: Uint8Array): string {
  for (const field of readFields(message)) if (field.number === 1) return textOf(field);
  throw new OnnxFormatError('an attribute has no name');
}

/** Field numbers of AttributeProto. */
const attributeField = { float: 2, int: 3, string: 4, tensor: 5, floats: 7, ints: 8, strings: 9 } as const;

/** The int attribute `name`, or undefined where the node does not have it. */
export function intAttribute(node: OnnxNode, name: string): number | undefined {
  const message = node.attributes.get(name);
  if (message === undefined) return undefined;
  for (const field of readFields(message)) if (field.number === attributeField.int) return Number(intOf(field));
  return 0;
}

/** The float attribute `name`, or undefined where the node does not have it. */
export function floatAttribute(node: OnnxNode, name: string): number | undefined {
  const message = node.attributes.get(name);
  if (message === undefined) return undefined;
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  for (const { contentStart, end } of readFields(message, new Set([attributeField.float])))
    if (end - contentStart === 4) return view.getFloat32(contentStart, true);
  return 0;
}

/** The string attribute `name`, or undefined. */
export function stringAttribute(node: OnnxNode, name: string): string | undefined {
  const message = node.attributes.get(name);
  if (message === undefined) return undefined;
  for (const field of readFields(message)) if (field.number === attributeField.string) return textOf(field);
  return '';
}

/** The strings of attribute `name`; empty where absent. */
export function stringsAttribute(node: OnnxNode, name: string): string[] {
  return fieldsOf(node, name, attributeField.strings).map((field) => decodeText(bytesOf(field)));
}

/** The ints of attribute `name`; empty where absent. */
export function intsAttribute(node: OnnxNode, name: string): bigint[] {
  return fieldsOf(node, name, attributeField.ints).flatMap((field) => intsOf(field));
}

/** The floats of attribute `name`, packed or not; empty where absent. */
export function floatsAttribute(node: OnnxNode, name: string): number[] {
  const message = node.attributes.get(name);
  if (message === undefined) return [];
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const values: number[] = [];
  for (const { contentStart, end } of readFields(message, new Set([attributeField.floats]))) {
    for (let offset = contentStart; offset + 4 <= end; offset += 4) values.push(view.getFloat32(offset, true));
  }
  return values;
}

/** The TensorProto bytes of attribute `name`, or undefined. */
export function tensorAttribute(node: OnnxNode, name: string): Uint8Array | undefined {
  const message = node.attributes.get(name);
  return message === undefined ? undefined : singleMessage(message, attributeField.tensor);
}

function fieldsOf(node: OnnxNode, name: string, number: number) {
  const message = node.attributes.get(name);
  return message === undefined ? [] : [...readFields(message, new Set([number]))];
}
