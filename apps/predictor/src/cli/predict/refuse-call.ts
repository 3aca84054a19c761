import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fieldProblems } from './fields-row.ts';
import { identityOf, identityOfInput } from './file-identity.ts';
import { findKinds, type RowFormat } from './find-kinds.ts';
import { InputError } from './input-row.ts';
import { filesOfModel } from './model-files.ts';
import { STANDARD_INPUT } from './read-bytes.ts';
import { unwritable } from './text-sink.ts';

/** What is named on the command line. */
export interface NamedFiles {
  /** A path of this machine, where it is one. */
  readonly model: string | undefined;
  readonly files: readonly string[];
  readonly fields: readonly string[];
  readonly format?: RowFormat | undefined;
  readonly out?: string | undefined;
  readonly errors?: string | undefined;
}

/** Before any model is asked for: throws `InputError` with all that can be known to be wrong without one. */
export async function refuseCall(named: NamedFiles): Promise<void> {
  const written = [named.out, named.errors].filter((file) => file !== undefined);
  const { problems } = await findKinds(named.files, named.format);
  const all = [
    ...contradictions(named),
    ...fieldProblems(named.fields),
    ...problems,
    ...(await overwritten(written, named)),
    ...(await Promise.all(written.map(writeProblem))).flat(),
  ];
  if (all.length > 0) throw new InputError(all.join('\n'));
}

function contradictions({ files, fields }: NamedFiles): string[] {
  return [
    ...(fields.length > 0 && files.length > 0 ? ['--field makes a row of its own: leave it out, or the files.'] : []),
    ...(files.filter((file) => file === STANDARD_INPUT).length > 1 ? ['Standard input ("-") is named twice.'] : []),
  ];
}

/** What is written must not be what is read. */
async function overwritten(written: readonly string[], { model, files }: NamedFiles): Promise<string[]> {
  const read = new Set(files.map((file) => (file === STANDARD_INPUT ? identityOfInput() : identityOf(file))));
  const ofModel = model === undefined ? [] : await filesOfModel(written, model);
  return [
    ...(new Set(written.map(identityOf)).size < written.length ? ['--out and --errors name the same file.'] : []),
    ...written
      .filter((file) => read.has(identityOf(file)) || ofModel.includes(file))
      .map((file) => `"${resolve(file)}" is read and cannot be written, too.`),
  ];
}

/** Why a file cannot be written, without opening it. */
async function writeProblem(file: string): Promise<string[]> {
  const path = resolve(file);
  try {
    const about = await stat(path).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (about?.isDirectory() === true) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    await access(about === undefined ? dirname(path) : path, constants.W_OK);
    return [];
  } catch (error) {
    return [unwritable(`"${file}"`, error).message];
  }
}
