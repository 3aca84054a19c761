import type { CategoryValue } from '@web-single/signature';
import type { GraphLinks } from './graph-links.ts';
import type { OnnxModel, OnnxNode } from './onnx-model.ts';
import { floatAttribute, intAttribute, intsAttribute, stringsAttribute } from './read-node.ts';
import { smallTensorValues } from './read-tensor.ts';

/** Categories an encoder in the graph knows for one session input that holds one value per row. */
export interface FoundCategories {
  readonly values: readonly CategoryValue[];
  /**
   * True where anything else is an error: a OneHotEncoder with `zeros = 0` fails the run, a LabelEncoder without a
   * stated default would silently encode −1 where the training library refused. With `handle_unknown="ignore"`
   * (`zeros = 1`) or a stated default, unknown values are legal and the list is documentation only.
   */
  readonly closed: boolean;
  /** `OneHotEncoder` or `LabelEncoder`. */
  readonly source: string;
}

/** The session input behind each column of a tensor [batch, column]. */
type Columns = readonly string[];

/** Finds per session input the categories of the encoder that reads it. */
export function findCategories(model: OnnxModel, links: GraphLinks): Map<string, FoundCategories> {
  const columns = trackColumns(model, links);
  const found = new Map<string, FoundCategories>();
  for (const node of model.nodes) {
    const encoder = readEncoder(node);
    const read = columns.get(node.inputs[0] ?? '');
    if (encoder !== undefined && read?.length === 1 && !found.has(read[0]!)) found.set(read[0]!, encoder);
  }
  return found;
}

/** Finds the session inputs of floats in which an Imputer replaces NaN, so that a value may be missing. */
export function findImputed(model: OnnxModel, links: GraphLinks): Set<string> {
  const columns = trackColumns(model, links);
  const imputers = model.nodes.filter(
    (node) => node.opType === 'Imputer' && Number.isNaN(floatAttribute(node, 'replaced_value_float')),
  );
  const read = new Set(imputers.flatMap(({ inputs }) => columns.get(inputs[0] ?? '') ?? []));
  const floats = model.inputs.filter(({ dtype }) => dtype === 'float32' || dtype === 'float64');
  return new Set(floats.map(({ name }) => name).filter((name) => read.has(name)));
}

/** The columns of every tensor that holds nothing but columns of session inputs. */
function trackColumns(model: OnnxModel, links: GraphLinks): ReadonlyMap<string, Columns> {
  const columns = new Map<string, Columns>(model.inputs.map(({ name }) => [name, [name]]));
  for (const node of model.nodes) {
    const made = columnsAfter(node, columns, links);
    if (made !== undefined && node.outputs[0] !== undefined) columns.set(node.outputs[0], made);
  }
  return columns;
}

function readEncoder(node: OnnxNode): FoundCategories | undefined {
  if (node.opType === 'OneHotEncoder') {
    const values = categoriesOf(stringsAttribute(node, 'cats_strings'), intsAttribute(node, 'cats_int64s'));
    return values && { values, closed: intAttribute(node, 'zeros') === 0, source: node.opType };
  }
  if (node.opType !== 'LabelEncoder') return undefined;
  const hasDefault = [...node.attributes.keys()].some((name) => name.startsWith('default_'));
  const values = categoriesOf(stringsAttribute(node, 'keys_strings'), intsAttribute(node, 'keys_int64s'));
  // A single key with a default is skl2onnx's test for a missing value, not a list of categories.
  if (values === undefined || (hasDefault && values.length < 2)) return undefined;
  return { values, closed: !hasDefault, source: node.opType };
}

function categoriesOf(strings: readonly string[], ints: readonly bigint[]): CategoryValue[] | undefined {
  const values: CategoryValue[] = strings.length > 0 ? [...strings] : ints.map(Number);
  return values.length === 0 || new Set(values).size !== values.length ? undefined : values;
}

/** Columns of a node's first output, where it only moves columns about. */
function columnsAfter(node: OnnxNode, columns: ReadonlyMap<string, Columns>, links: GraphLinks): Columns | undefined {
  const first = columns.get(node.inputs[0] ?? '');
  switch (node.opType) {
    case 'Identity':
    case 'Reshape':
    case 'Flatten':
      return first;
    case 'Where':
      return columns.get(node.inputs[2] ?? '');
    case 'Concat': {
      const parts = node.inputs.map((input) => columns.get(input));
      return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
    }
    case 'ArrayFeatureExtractor':
      return first && pick(first, node.inputs[1] ?? '', links);
    case 'Gather':
      return intAttribute(node, 'axis') === 1 && first !== undefined
        ? pick(first, node.inputs[1] ?? '', links)
        : undefined;
    default:
      return undefined;
  }
}

function pick(columns: Columns, indexTensor: string, links: GraphLinks): Columns | undefined {
  const constant = links.constantOf(indexTensor);
  const indexes = constant === undefined ? undefined : smallTensorValues(constant);
  const picked = indexes?.map((index) => columns[Number(index)]);
  return picked?.every((column) => column !== undefined) === true ? picked : undefined;
}
