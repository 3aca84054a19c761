import type { Row, Value } from '@web-single/tensor';
import type { GoldenCase, GoldenSet, Tolerance } from './golden-set.ts';
import { readPackageFile, UnsafeFileError } from './open-file.ts';
import { PackageError } from './package-error.ts';
import type { PackageProblem } from './package-error.ts';

const maxBytes = 256 * 2 ** 20;
const defaultTolerance: Tolerance = { absolute: 1e-5, relative: 1e-5 };

/** Reads `golden.jsonl` of a package: a first line with producer and tolerance, then one case a line. Throws `PackageError`. */
export async function readGoldenSet(folder: string, file: string): Promise<GoldenSet> {
  const problems: PackageProblem[] = [];
  const lines = (await readText(folder, file))
    .split('\n')
    .map((text, index) => ({ text, where: `${file} line ${index + 1}` }));
  const [first, ...rest] = lines
    .filter(({ text }) => text.trim() !== '')
    .map((line) => ({ ...line, value: parse(line, problems) }));
  const cases: GoldenCase[] = [];
  for (const { value, where } of rest) {
    const read = await readCase(value, { folder, where, problems });
    if (read !== undefined) cases.push(read);
  }
  const header = readHeader(first, file, problems);
  if (rest.length === 0 && problems.length === 0)
    problems.push({
      where: file,
      message: 'Expected at least one case {"input": {…}, "output": {…}} after the first line, got none.',
    });
  if (problems.length > 0) throw new PackageError(problems);
  return { ...header, cases };
}

async function readText(folder: string, file: string): Promise<string> {
  try {
    const { bytes } = await readPackageFile(folder, file, { maxBytes });
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const reason = error instanceof UnsafeFileError ? error.message : 'is not UTF-8';
    throw new PackageError([{ where: file, message: `"${file}" ${reason}.` }]);
  }
}

function parse({ text, where }: { text: string; where: string }, problems: PackageProblem[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    problems.push({ where, message: `Expected one JSON object a line, got ${JSON.stringify(text.slice(0, 40))}.` });
    return undefined;
  }
}

function readHeader(first: { value: unknown; where: string } | undefined, file: string, problems: PackageProblem[]) {
  const header = asObject(first?.value);
  if (header === undefined || !('tolerance' in header || 'producer' in header)) {
    problems.push({ where: first?.where ?? file, message: 'Expected a first line {"producer": …, "tolerance": …}.' });
    return { producer: {}, tolerance: defaultTolerance };
  }
  const given = asObject(header['tolerance']) ?? {};
  const tolerance = { ...defaultTolerance, ...given } as Tolerance;
  if (!isTolerance(tolerance.absolute) || !isTolerance(tolerance.relative)) {
    problems.push({
      where: `${first!.where} /tolerance`,
      message: 'Expected {"absolute": number, "relative": number}, each of at least 0.',
    });
  }
  return { producer: asObject(header['producer']) ?? {}, tolerance };
}

function isTolerance(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

interface CaseContext {
  readonly folder: string;
  readonly where: string;
  readonly problems: PackageProblem[];
}

async function readCase(value: unknown, context: CaseContext): Promise<GoldenCase | undefined> {
  if (value === undefined) return undefined;
  const given = asObject(value);
  const [input, output] = [asObject(given?.['input']), asObject(given?.['output'])];
  if (input === undefined || output === undefined) {
    context.problems.push({ where: context.where, message: 'Expected {"input": {…}, "output": {…}}.' });
    return undefined;
  }
  if (Object.keys(output).length === 0) {
    context.problems.push({ where: context.where, message: 'Expected at least one output to compare, got {}.' });
  }
  return { input: (await withFiles(input, context)) as Row, output: output as Row };
}

/** Replaces `{"$file": path}` by the file's bytes, at any depth. */
async function withFiles(value: unknown, context: CaseContext): Promise<Value> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => withFiles(item, context)));
  const object = asObject(value);
  if (object === undefined) return value as Value;
  if (typeof object['$file'] === 'string') return readBytes(object['$file'], context);
  const entries = Object.entries(object).map(async ([key, item]) => [key, await withFiles(item, context)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function readBytes(path: string, { folder, where, problems }: CaseContext): Promise<Uint8Array> {
  try {
    return new Uint8Array((await readPackageFile(folder, path, { maxBytes })).bytes);
  } catch (error) {
    if (!(error instanceof UnsafeFileError)) throw error;
    problems.push({ where, message: `File ${JSON.stringify(path)} ${error.message}.` });
    return new Uint8Array();
  }
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
