import { OnnxFormatError } from './onnx-format-error.ts';
import type { ExternalData, UsedOperator } from './onnx-model.ts';
import { externalLocations } from './read-tensor.ts';
import { bytesOf, readFields, singleMessage, textOf } from './wire.ts';

const maxDepth = 24;

/** What lies anywhere in a model, however deep: every operator used and every external file named. */
export interface ModelParts {
  readonly operators: readonly UsedOperator[];
  readonly externalData: readonly ExternalData[];
  /** True where the model brings functions of its own, which import opsets of their own. */
  readonly hasFunctions: boolean;
}

/** Field numbers that hold something to look into; everything else is skipped unread. */
const modelField = { graph: 7, trainingInfo: 20, functions: 25 } as const;
const graphField = { node: 1, initializer: 5, sparseInitializer: 15 } as const;
const attributeField = { tensor: 5, graph: 6, tensors: 10, graphs: 11, sparseTensor: 22, sparseTensors: 23 } as const;

const attributeParts: ReadonlySet<number> = new Set(Object.values(attributeField));

/** Walks main graph, subgraphs (If, Loop, Scan), Constant attributes, sparse tensors, functions and training info. */
export function walkModel(model: Uint8Array): ModelParts {
  const walk = new Walk();
  for (const field of readFields(model)) {
    if (field.number === modelField.graph) walk.graph(bytesOf(field), 0);
    else if (field.number === modelField.functions) walk.function(bytesOf(field));
    else if (field.number === modelField.trainingInfo) walk.trainingInfo(bytesOf(field));
  }
  return walk.parts();
}

/** Collects parts during one walk. */
class Walk {
  readonly #operators = new Map<string, UsedOperator>();
  readonly #functions = new Set<string>();
  readonly #externalData: ExternalData[] = [];

  parts(): ModelParts {
    const operators = [...this.#operators].filter(([key]) => !this.#functions.has(key)).map(([, operator]) => operator);
    return { operators, externalData: this.#externalData, hasFunctions: this.#functions.size > 0 };
  }

  graph(message: Uint8Array, depth: number): void {
    if (depth > maxDepth) throw new OnnxFormatError('its subgraphs are nested too deeply');
    for (const field of readFields(message)) {
      if (field.number === graphField.node) this.node(bytesOf(field), depth);
      else if (field.number === graphField.initializer) this.tensor(bytesOf(field), 'an initializer');
      else if (field.number === graphField.sparseInitializer) this.sparse(bytesOf(field), 'a sparse initializer');
    }
  }

  /** FunctionProto: name 1, node 7, domain 10. Its operator is defined by the model itself, so it needs no library. */
  function(message: Uint8Array): void {
    let name = '';
    let domain = '';
    for (const field of readFields(message)) {
      if (field.number === 1) name = textOf(field);
      else if (field.number === 10) domain = textOf(field);
      else if (field.number === 7) this.node(bytesOf(field), 0);
      else if (field.number === 11) this.attribute(bytesOf(field), 'a function attribute', 0);
    }
    this.#functions.add(`${domain}\n${name}`);
  }

  /** TrainingInfoProto: initialization 1, algorithm 2. */
  trainingInfo(message: Uint8Array): void {
    for (const field of readFields(message)) {
      if (field.number === 1 || field.number === 2) this.graph(bytesOf(field), 0);
    }
  }

  private node(message: Uint8Array, depth: number): void {
    let opType = '';
    let domain = '';
    for (const field of readFields(message)) {
      if (field.number === 4) opType = textOf(field);
      else if (field.number === 7) domain = textOf(field);
      else if (field.number === 5) this.attribute(bytesOf(field), 'an attribute', depth);
    }
    this.#operators.set(`${domain}\n${opType}`, { domain, opType });
  }

  private attribute(message: Uint8Array, owner: string, depth: number): void {
    for (const { number, kind, bytes } of readFields(message, attributeParts)) {
      if (kind !== 'bytes') continue;
      if (number === attributeField.tensor || number === attributeField.tensors) this.tensor(bytes, owner);
      else if (number === attributeField.graph || number === attributeField.graphs) this.graph(bytes, depth + 1);
      else if (number === attributeField.sparseTensor || number === attributeField.sparseTensors)
        this.sparse(bytes, owner);
    }
  }

  private sparse(message: Uint8Array, owner: string): void {
    for (const part of [singleMessage(message, 1), singleMessage(message, 2)]) {
      if (part !== undefined) this.tensor(part, owner);
    }
  }

  private tensor(message: Uint8Array, owner: string): void {
    for (const location of externalLocations(message)) this.#externalData.push({ location, owner });
  }
}
