import { describeValue, isTensor, quoteText } from '@web-single/tensor';
import type { Row, RowProblem, Value } from '@web-single/tensor';
import { checkValue } from './check-value.ts';
import type { ValueProblem } from './check-value.ts';
import { describeField, listNames } from './describe-field.ts';
import type { InputField } from './field.ts';
import { limitGuesses } from './limit-guesses.ts';
import type { GuessName } from './limit-guesses.ts';
import { plainCheckOf } from './plain-check.ts';
import type { PlainCheck } from './plain-check.ts';
import type { Signature } from './signature.ts';

export interface CheckRowsOptions {
  /** Most problems told in all; a bad row tells at least its first one even beyond. Default 100. */
  readonly maxProblems?: number;
}

/** One row: checked, with every field of the signature in declaration order (left out → `null`), or what is wrong with it. */
export type RowCheck = { readonly row: Row } | { readonly problems: readonly RowProblem[] };

const maxGuesses = 20;

interface CheckedField {
  readonly name: string;
  readonly field: InputField;
  readonly isPlain: PlainCheck | undefined;
}

/** What all checks of a signature share. */
interface CheckedSignature {
  readonly signature: Signature;
  readonly fields: readonly CheckedField[];
  /** True where a field is called as something that every object has: then only own properties may be read and written. */
  readonly hasInheritedName: boolean;
}

/** What all rows of a call share. */
interface Check extends CheckedSignature {
  readonly guess: GuessName;
}

const checkedSignatures = new WeakMap<Signature, CheckedSignature>();

/** Prepared at a signature's first use. */
function prepare(signature: Signature): CheckedSignature {
  const known = checkedSignatures.get(signature);
  if (known !== undefined) return known;
  const fields = Object.entries(signature.input).map(([name, field]) => ({
    name,
    field,
    isPlain: plainCheckOf(field),
  }));
  const prepared = { signature, fields, hasInheritedName: fields.some(({ name }) => name in Object.prototype) };
  checkedSignatures.set(signature, prepared);
  return prepared;
}

/**
 * Checks rows as a client sent them, one outcome per row in order. Strict: nothing is coerced, own properties only, what
 * passes is what was sent. Images come back as file bytes, tensor fields as tensors. Never throws for a row's content.
 */
export function checkRows(
  signature: Signature,
  rows: readonly unknown[],
  { maxProblems = 100 }: CheckRowsOptions = {},
): readonly RowCheck[] {
  const check: Check = { ...prepare(signature), guess: limitGuesses(maxGuesses) };
  let budget = maxProblems;
  const outcomes: RowCheck[] = [];
  for (let row = 0; row < rows.length; row++) {
    const plain = plainRow(check, rows[row]);
    const outcome = plain === null ? checkRow(check, rows[row], Math.max(1, budget)) : { row: plain };
    if ('problems' in outcome) budget -= outcome.problems.length;
    outcomes.push('row' in outcome ? outcome : { problems: outcome.problems.map((problem) => ({ row, ...problem })) });
  }
  return outcomes;
}

/** The row where every field takes its value as it is; `null` where the long way has to tell. Nearly all rows go this way. */
function plainRow({ fields, hasInheritedName }: CheckedSignature, value: unknown): Row | null {
  if (hasInheritedName || !isPlainObject(value)) return null;
  const row: Record<string, Value> = {};
  let present = 0;
  for (const { name, field, isPlain } of fields) {
    const given: unknown = value[name as keyof typeof value];
    if (given !== undefined) present += 1;
    if (given === undefined || given === null) {
      if (field.optional !== true) return null;
      row[name] = null;
    } else {
      if (isPlain?.(given) !== true) return null;
      row[name] = given as Value;
    }
  }
  return Object.keys(value).length === present ? row : null;
}

type Problem = Omit<RowProblem, 'row'>;

/** Where a row's problems go, and how many are wanted. */
interface Notes {
  readonly problems: Problem[];
  readonly limit: number;
}

function checkRow(check: Check, value: unknown, limit: number): { row: Row } | { problems: readonly Problem[] } {
  const named = nameValues(check, value);
  if (named === null) return { problems: [{ field: '', ...notARow(check, value) }] };
  const problems: Problem[] = [];
  const row = checkFields(check, named, { problems, limit });
  noteUnknown(check, named, { problems, limit });
  return problems.length === 0 ? { row } : { problems: problems.slice(0, limit) };
}

/** The row as an object with own properties; a bare value under its field's name; `null` for anything else. */
function nameValues({ signature }: Check, value: unknown): object | null {
  if (isPlainObject(value)) return value;
  const isBare = signature.bareInput !== undefined && value !== null && value !== undefined;
  return isBare ? Object.fromEntries([[signature.bareInput, value]]) : null;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === Object.prototype || prototype === null;
  // A tensor with a typed array came from a binary codec: a bare value. JSON can spell no such thing.
  return isPlain && !(isTensor(value) && value.dtype !== 'string');
}

function notARow({ fields, signature }: Check, value: unknown): { expected: string; got: string } {
  const names = listNames(fields.map(({ name }) => name));
  const bareField = signature.bareInput === undefined ? undefined : signature.input[signature.bareInput];
  const bare = bareField === undefined ? '' : `, or the bare value (${describeField(bareField)})`;
  return { expected: `object with the fields ${names}${bare}`, got: describeValue(value) };
}

function checkFields({ fields, guess }: Check, named: object, { problems, limit }: Notes): Row {
  const entries: [string, Value][] = [];
  for (const { name, field } of fields) {
    if (problems.length >= limit) break;
    const isPresent = Object.hasOwn(named, name);
    const value: unknown = isPresent ? named[name as keyof typeof named] : undefined;
    if (value === undefined || value === null) {
      if (field.optional !== true) problems.push(missing(name, field, value));
      entries.push([name, null]);
      continue;
    }
    const outcome = checkValue(field, value, guess);
    if ('value' in outcome) entries.push([name, outcome.value]);
    else problems.push(...outcome.problems.map((problem) => atField(name, problem)));
  }
  // Defines own properties, whatever the names are.
  return Object.fromEntries(entries);
}

function missing(name: string, field: InputField, value: unknown): Problem {
  const got = value === null ? 'null' : 'nothing: the field is missing';
  return { field: formatName(name), expected: describeField(field), got };
}

function atField(name: string, { path, ...problem }: ValueProblem): Problem {
  return { field: `${formatName(name)}${path}`, ...problem };
}

function noteUnknown({ fields, signature, guess }: Check, named: object, { problems, limit }: Notes): void {
  const extra = Object.keys(named).filter((name) => !Object.hasOwn(signature.input, name));
  if (extra.length === 0) return;
  const names = fields.map(({ name }) => name);
  // A field that was sent already is not what the extra one was meant to be.
  const free = names.filter((name) => !Object.hasOwn(named, name));
  for (const name of extra.slice(0, Math.max(0, limit - problems.length))) {
    const index = guess(name, free);
    const nearest = index === undefined ? undefined : free[index];
    problems.push({
      field: formatName(name),
      expected: 'no field of this name',
      got: describeValue(named[name as keyof typeof named]),
      hint: nearest === undefined ? `The fields are ${listNames(names)}.` : `Did you mean ${quoteText(nearest)}?`,
    });
  }
}

/** A name as a path shows it: bare where it is harmless, else quoted, escaped and cut. */
function formatName(name: string): string {
  return /^[\w$ .:/-]{1,60}$/.test(name) ? name : quoteText(name);
}
