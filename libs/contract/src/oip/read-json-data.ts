import { createData, elementCount } from '@web-single/tensor';
import type { DataByDtype, Dtype } from '@web-single/tensor';
import { ContractError } from '../contract-error.ts';
import { datatypeOf } from './datatype.ts';
import { describeJson } from './describe-json.ts';
import { describeJsonElement, fillElements } from './fill-elements.ts';
import type { ElementTarget } from './fill-elements.ts';

/** What `data` must hold; `subject` begins the messages. */
export interface JsonTarget {
  readonly dtype: Exclude<Dtype, 'float16'>;
  readonly shape: readonly number[];
  /** Product of the shape. */
  readonly count: number;
  readonly subject: string;
}

/** 100 levels of the whole body, less the request, its list of inputs and the input. */
const maxDepth = 97;

/**
 * Elements of a `data` member, row-major: flat, nested as the shape says, or nested down to some dim with the rest flat;
 * arrays of one element around anything are allowed. Memory only for what is there. Throws `INVALID_REQUEST`.
 */
export function readJsonData(data: unknown, target: JsonTarget): DataByDtype[Dtype] {
  const { dtype, count, subject } = target;
  if (!Array.isArray(data)) throw invalid(`${subject}: expected "data" to be an array, got ${describeJson(data)}.`);
  const sizes = groupSizes(data, subject);
  if (!fitsShape(sizes, target)) throw wrongGrouping(sizes, target);
  if (sizes.length > 1 && !isRegular(data, sizes, 0)) throw invalid(`${subject}: its "data" is ragged.`);
  const elements = createData(dtype, count);
  fill({ dtype, elements, offset: 0 }, data, { depth: sizes.length, subject });
  return elements;
}

/** Lengths of the first array at each level. */
function groupSizes(data: readonly unknown[], subject: string): readonly number[] {
  const sizes: number[] = [];
  let current: unknown = data;
  while (Array.isArray(current)) {
    if (sizes.length === maxDepth) {
      throw invalid(`${subject}: JSON nesting depth exceeds maximum allowed limit (100).`);
    }
    sizes.push(current.length);
    current = current[0];
  }
  return sizes;
}

/** Dims of one element say nothing on either side; what is left must begin like the shape and end with the rest of it. */
function fitsShape(sizes: readonly number[], { shape }: JsonTarget): boolean {
  const groups = sizes.filter((size) => size !== 1);
  const dims = shape.filter((size) => size !== 1);
  if (groups.length > dims.length) return false;
  const outer = groups.slice(0, -1);
  if (!outer.every((size, axis) => size === dims[axis])) return false;
  return (groups.at(-1) ?? 1) === elementCount(dims.slice(outer.length));
}

function wrongGrouping(sizes: readonly number[], { dtype, shape, count, subject }: JsonTarget): ContractError {
  const got = sizes.length === 1 ? `${sizes[0]} elements` : `arrays of [${sizes.join(', ')}]`;
  return invalid(
    `${subject}: expected "data" of ${datatypeOf(dtype)} [${shape.join(', ')}] to be ${count} elements, flat or nested as its shape, got ${got}.`,
  );
}

function isRegular(value: unknown, sizes: readonly number[], depth: number): boolean {
  if (!Array.isArray(value) || value.length !== sizes[depth]) return false;
  if (depth === sizes.length - 1) return true;
  for (const inner of value) if (!isRegular(inner, sizes, depth + 1)) return false;
  return true;
}

function fill(target: ElementTarget, value: readonly unknown[], context: { depth: number; subject: string }): void {
  if (context.depth > 1) {
    const inner = { ...context, depth: context.depth - 1 };
    for (const array of value as readonly (readonly unknown[])[]) fill(target, array, inner);
    return;
  }
  const taken = fillElements(target, value);
  if (taken === value.length) {
    target.offset += value.length;
    return;
  }
  const { dtype, offset } = target;
  throw invalid(
    `${context.subject}, element ${offset + taken}: expected ${describeJsonElement(dtype)}, got ${describeJson(value[taken])}.`,
  );
}

const invalid = (message: string): ContractError => new ContractError('INVALID_REQUEST', message);
