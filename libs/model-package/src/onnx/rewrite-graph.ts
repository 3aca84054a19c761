import type { LoweredVersions } from './lower-versions.ts';
import { bytesOf, readFields, textOf } from './wire.ts';
import { concatBytes, encodeBytes, encodeInt } from './wire-write.ts';

/** A closed list of changes to a model's main graph. Everything not named is copied byte for byte. */
export interface GraphEdit {
  /** Indexes of nodes that are left out. */
  readonly dropNodes: ReadonlySet<number>;
  /** New names of tensors, wherever they occur, subgraphs included. */
  readonly rename: ReadonlyMap<string, string>;
  /** ValueInfoProto bytes that replace the graph output of that name; `null` drops it. */
  readonly outputs: ReadonlyMap<string, Uint8Array | null>;
  /** Names of graph inputs that are left out. */
  readonly dropInputs: ReadonlySet<string>;
  /** ValueInfoProto bytes to append, by name. */
  readonly addInputs: ReadonlyMap<string, Uint8Array>;
  readonly addOutputs: ReadonlyMap<string, Uint8Array>;
  /** AttributeProto bytes to append to the node with that index. */
  readonly addAttributes: ReadonlyMap<number, Uint8Array>;
  /** NodeProto bytes to append. */
  readonly addNodes: readonly Uint8Array[];
  /** Takes the place of what the header says. */
  readonly versions?: LoweredVersions;
}

export const noEdit: GraphEdit = {
  dropNodes: new Set(),
  rename: new Map(),
  outputs: new Map(),
  dropInputs: new Set(),
  addInputs: new Map(),
  addOutputs: new Map(),
  addAttributes: new Map(),
  addNodes: [],
};

const field = {
  modelIrVersion: 1,
  modelGraph: 7,
  modelOpset: 8,
  opsetDomain: 1,
  node: 1,
  input: 11,
  output: 12,
  valueInfo: 13,
  nodeInput: 1,
  nodeOutput: 2,
  attribute: 5,
} as const;
const attributeGraphs: ReadonlySet<number> = new Set([6, 11]);

/** Applies an edit to ModelProto bytes that `readOnnx` has accepted, and returns new ModelProto bytes. */
export function rewriteGraph(model: Uint8Array, edit: GraphEdit): Uint8Array {
  const { versions } = edit;
  const edited = mapFields(model, (number, bytes) => {
    if (number === field.modelGraph) return editGraph(bytes(), edit);
    if (versions === undefined) return undefined;
    if (number === field.modelIrVersion) return null;
    return number === field.modelOpset ? lowerOpset(bytes(), versions.opset) : undefined;
  });
  if (versions === undefined) return edited;
  return concatBytes([encodeInt(field.modelIrVersion, versions.irVersion), edited]);
}

/** OperatorSetIdProto: domain 1, version 2. Other domains than ai.onnx keep theirs. */
function lowerOpset(opset: Uint8Array, version: number): Uint8Array | undefined {
  for (const read of readFields(opset)) {
    if (read.number === field.opsetDomain && !['', 'ai.onnx'].includes(textOf(read))) return undefined;
  }
  return encodeInt(2, version);
}

/** Copies a message; a content that `change` returns replaces a field's, `null` leaves the field out, `undefined` keeps it as it is. */
function mapFields(
  message: Uint8Array,
  change: (number: number, bytes: () => Uint8Array) => Uint8Array | null | undefined,
): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const read of readFields(message)) {
    const content = change(read.number, () => bytesOf(read));
    if (content === undefined) parts.push(message.subarray(read.start, read.end));
    else if (content !== null) parts.push(encodeBytes(read.number, content));
  }
  return concatBytes(parts);
}

function editGraph(graph: Uint8Array, edit: GraphEdit): Uint8Array {
  let index = -1;
  const edited = mapFields(graph, (number, bytes) => {
    if (number === field.node) {
      index += 1;
      return edit.dropNodes.has(index) ? null : editNode(bytes(), edit.rename, edit.addAttributes.get(index));
    }
    if (number === field.input) return edit.dropInputs.has(nameOf(bytes())) ? null : undefined;
    if (number === field.output) return edit.outputs.get(nameOf(bytes()));
    if (number === field.valueInfo) return isStale(nameOf(bytes()), edit) ? null : undefined;
    return undefined;
  });
  return concatBytes([
    edited,
    ...edit.addNodes.map((node) => encodeBytes(field.node, node)),
    ...[...edit.addInputs.values()].map((value) => encodeBytes(field.input, value)),
    ...[...edit.addOutputs.values()].map((value) => encodeBytes(field.output, value)),
  ]);
}

/** Declared types of tensors inside the graph that an edit gave another name or made an output. */
function isStale(name: string, edit: GraphEdit): boolean {
  return edit.rename.has(name) || edit.outputs.has(name) || edit.addInputs.has(name) || edit.addOutputs.has(name);
}

function editNode(node: Uint8Array, rename: GraphEdit['rename'], addAttribute: Uint8Array | undefined): Uint8Array {
  const renamed = rename.size === 0 ? node : renameInNode(node, rename);
  return addAttribute === undefined ? renamed : concatBytes([renamed, encodeBytes(field.attribute, addAttribute)]);
}

function renameInNode(node: Uint8Array, rename: GraphEdit['rename']): Uint8Array {
  return mapFields(node, (number, bytes) => {
    if (number === field.nodeInput || number === field.nodeOutput) return renamedText(bytes(), rename);
    return number === field.attribute ? renameInAttribute(bytes(), rename) : undefined;
  });
}

/** Subgraphs see the tensors of the graph around them; names are unique across both. */
function renameInAttribute(attribute: Uint8Array, rename: GraphEdit['rename']): Uint8Array | undefined {
  if (!hasSubgraph(attribute)) return undefined;
  return mapFields(attribute, (number, bytes) =>
    attributeGraphs.has(number) ? renameInSubgraph(bytes(), rename) : undefined,
  );
}

function hasSubgraph(attribute: Uint8Array): boolean {
  return readFields(attribute, attributeGraphs).next().done !== true;
}

function renameInSubgraph(graph: Uint8Array, rename: GraphEdit['rename']): Uint8Array {
  return mapFields(graph, (number, bytes) => (number === field.node ? renameInNode(bytes(), rename) : undefined));
}

function renamedText(bytes: Uint8Array, rename: GraphEdit['rename']): Uint8Array | undefined {
  const name = rename.get(Buffer.from(bytes).toString('utf8'));
  return name === undefined ? undefined : Buffer.from(name, 'utf8');
}

function nameOf(valueInfo: Uint8Array): string {
  for (const read of readFields(valueInfo)) if (read.number === 1) return textOf(read);
  return '';
}
