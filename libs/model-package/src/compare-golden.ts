import { isTensor, toNested } from '@web-single/tensor';
import type { Row, Value } from '@web-single/tensor';
import type { Tolerance } from './golden-set.ts';

export interface GoldenDifference {
  /** `output "probabilities"[0,1]`, `output "label"`. */
  readonly path: string;
  /** `output "label" expected "Adelie", got "Gentoo".` */
  readonly message: string;
}

/** Most differences that are listed of one row; one is enough to fail. */
const maxDifferences = 20;

/**
 * Compares what a model answered with what was recorded: the differences, empty where it passes. Numbers agree within
 * the tolerance, everything else must be equal; outputs that the case does not name are not compared.
 */
export function compareOutput(expected: Row, got: Row, tolerance: Tolerance): GoldenDifference[] {
  const differences: GoldenDifference[] = [];
  for (const [name, value] of Object.entries(expected)) {
    compareValue(
      { output: name, path: [], expected: plain(value), got: unwrapSingle(plain(got[name]), value) },
      tolerance,
      differences,
    );
  }
  return differences.slice(0, maxDifferences);
}

interface Place {
  readonly output: string;
  readonly path: readonly (string | number)[];
  readonly expected: unknown;
  readonly got: unknown;
}

function compareValue(place: Place, tolerance: Tolerance, found: GoldenDifference[]): void {
  const { expected, got } = place;
  if (found.length >= maxDifferences) return;
  if (typeof expected === 'number' && typeof got === 'number') {
    const allowed = tolerance.absolute + tolerance.relative * Math.abs(expected);
    if (!(Math.abs(got - expected) <= allowed) && !Object.is(got, expected))
      found.push(difference(place, ` ± ${short(allowed)}`));
  } else if (Array.isArray(expected) && Array.isArray(got) && expected.length === got.length) {
    expected.forEach((item, index) => compareValue(inside(place, index, item, got[index]), tolerance, found));
  } else if (isObject(expected) && isObject(got)) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(got)]);
    for (const key of keys) compareValue(inside(place, key, expected[key], got[key]), tolerance, found);
  } else if (expected !== got) {
    found.push(difference(place, ''));
  }
}

function inside(place: Place, key: string | number, expected: unknown, got: unknown): Place {
  return { output: place.output, path: [...place.path, key], expected, got };
}

function difference({ output, path, expected, got }: Place, tolerance: string): GoldenDifference {
  const inner =
    path.length === 0
      ? ''
      : `[${path.map((part) => (typeof part === 'number' ? part : JSON.stringify(part))).join(',')}]`;
  const at = `output ${JSON.stringify(output)}${inner}`;
  return { path: at, message: `${at} expected ${show(expected)}${tolerance}, got ${show(got)}.` };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tensors as nested arrays, exact int64 as numbers, other values as they are. */
function plain(value: Value | undefined): unknown {
  if (value === undefined || value === null || value instanceof Uint8Array) return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (isTensor(value)) return toNested(value, { nonFinite: 'keep' });
  if (Array.isArray(value)) return value.map((item) => plain(item as Value));
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return value;
}

/** A tensor [1] answers a scalar: one value per row. */
function unwrapSingle(got: unknown, expected: Value): unknown {
  return Array.isArray(got) && got.length === 1 && !Array.isArray(expected) ? got[0] : got;
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return short(value);
  const text = typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** At most six digits, without the noise of binary fractions. */
function short(value: number): string {
  return Number.isInteger(value) || !Number.isFinite(value) ? String(value) : String(Number(value.toPrecision(6)));
}
