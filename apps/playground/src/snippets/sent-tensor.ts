import type { RowTensor } from './called-model.ts';
import { isScalar } from './literal.ts';
import type { Literal, Scalar } from './literal.ts';
import type { PreparedCall } from './snippet.ts';
import type { SentField } from './sent-fields.ts';

/** A field of one row as the protocol takes it. */
export interface SentTensor {
  readonly name: string;
  readonly datatype: string;
  /** `[1, …]`: one row. */
  readonly shape: readonly number[];
  readonly content:
    | { readonly elements: readonly Scalar[]; readonly nested: Literal }
    | Exclude<SentField['content'], { value: Literal }>;
}

/** The row as tensors; undefined where the protocol cannot carry it: no field is there that says how many rows there are. */
export function sentTensors({ model: { rowLevel }, fields }: PreparedCall): readonly SentTensor[] | undefined {
  if (rowLevel === undefined) return undefined;
  const sent = fields.flatMap(({ tensor, content }) => (tensor === undefined ? [] : [sentTensor(tensor, content)]));
  if (sent.length > 0) return sent;
  // A missing number is NaN.
  const missing = rowLevel.inputs.find(({ datatype, optional }) => optional === true && datatype.startsWith('FP'));
  return missing === undefined ? undefined : [sentTensor(missing, { value: NaN })];
}

function sentTensor({ name, datatype, shape }: RowTensor, content: SentField['content']): SentTensor {
  if (!('value' in content)) return { name, datatype, shape: [1], content };
  const nested = datatype === 'BYTES' ? asTexts(content.value) : content.value;
  const sizes = sizesOf(nested, shape.slice(1));
  const elements = (Array.isArray(nested) ? nested.flat(Infinity) : [nested]).filter(isScalar);
  return { name, datatype, shape: [1, ...sizes], content: { elements, nested } };
}

/** Categories of several types travel as text. */
function asTexts(value: Literal): Literal {
  return Array.isArray(value) ? value.map(asTexts) : String(value);
}

/** The sizes of a nested list; where an outer one is empty, those that are fixed. */
function sizesOf(value: Literal, declared: readonly number[]): readonly number[] {
  let current: Literal | undefined = value;
  return declared.map((size) => {
    const list: readonly Literal[] | undefined = Array.isArray(current) ? current : undefined;
    current = list?.[0];
    return list?.length ?? Math.max(size, 0);
  });
}
