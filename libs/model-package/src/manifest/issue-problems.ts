import { stepRegistry } from '@web-single/preprocessing';
import { describeValue } from '@web-single/tensor';
import type { Value } from '@web-single/tensor';
import type { z } from 'zod';
import type { PackageProblem } from '../package-error.ts';
import { unknownKeys } from './strict-object.ts';

/** What a schema complains about in a parsed file, each with its JSON pointer, in our words. */
export function issueProblems(error: z.ZodError, root: unknown, file: string): PackageProblem[] {
  return error.issues.flatMap((issue) => problemsOf(issue, root, file));
}

function problemsOf(issue: z.core.$ZodIssue, root: unknown, file: string): PackageProblem[] {
  const where = (path: readonly PropertyKey[]) => `${file} /${path.map(escapePointer).join('/')}`;
  if (issue.code === 'invalid_key')
    return [{ where: where(issue.path), message: issue.issues[0]?.message ?? issue.message }];
  if (issue.code !== 'unrecognized_keys') return [{ where: where(issue.path), message: messageOf(issue, root) }];
  const sentences = issue.message.startsWith('Unrecognized') ? unknownParameters(issue, root) : issue.message;
  return sentences
    .split('\n')
    .map((message, index) => ({ where: where([...issue.path, issue.keys[index] ?? '']), message }));
}

/** Keys that a step does not take: its own schema has no hint to the right one. */
function unknownParameters(issue: z.core.$ZodIssueUnrecognizedKeys, root: unknown): string {
  const entry = valueAt(root, issue.path);
  const step =
    typeof entry === 'object' && entry !== null && 'step' in entry ? stepRegistry.get(String(entry.step)) : undefined;
  return unknownKeys(issue.keys, Object.keys(step?.params.shape ?? {}));
}

function messageOf(issue: z.core.$ZodIssue, root: unknown): string {
  const value = valueAt(root, issue.path);
  const got = value === undefined ? 'nothing' : describeValue(value as Value);
  // zod's own wordings; those written in our schemas are whole sentences already.
  const expected =
    /^Invalid (?:input|option|discriminator value)[:.] ?[Ee]xpected (?<what>.+?)(?:, received .+)?$/s.exec(
      issue.message,
    )?.groups?.['what'];
  if (expected !== undefined) return `Expected ${namesOfTypes(expected)}, got ${got}.`;
  const bound = boundOf(issue);
  if (bound !== undefined) return `Expected ${bound}, got ${got}.`;
  const isWhole = /[.?]$/.test(issue.message) && (!issue.message.startsWith('Expected') || / got /.test(issue.message));
  return isWhole ? issue.message : `${issue.message.replace(/\.$/, '')}; got ${got}.`;
}

function namesOfTypes(expected: string): string {
  return expected
    .replace('one of ', '')
    .replaceAll('|', ' or ')
    .replaceAll('  ', ' ')
    .replace(/^record$/, 'object');
}

/** A bound in words where a value passes one; undefined for every other issue, and for those with a sentence of our own. */
function boundOf(issue: z.core.$ZodIssue): string | undefined {
  if (!/^Too (?:small|big):/.test(issue.message)) return undefined;
  if (issue.code === 'too_small') return `at least ${amount(issue.minimum, issue.origin)}`;
  return issue.code === 'too_big' ? `at most ${amount(issue.maximum, issue.origin)}` : undefined;
}

function amount(count: number | bigint, origin: string): string {
  const unit = { array: 'item', string: 'character' }[origin];
  return unit === undefined ? String(count) : `${count} ${unit}${Number(count) === 1 ? '' : 's'}`;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    root,
  );
}

/** RFC 6901. */
export function escapePointer(key: PropertyKey): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}
