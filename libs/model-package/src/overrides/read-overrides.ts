import { createHash } from 'node:crypto';
import { issueProblems } from '../manifest/issue-problems.ts';
import { parseYaml } from '../manifest/parse-yaml.ts';
import { OverridesError } from './overrides-error.ts';
import { overridesSchema, type OverrideRule } from './overrides-schema.ts';

type ModelOverrides = OverrideRule & { readonly versions?: Readonly<Record<string, OverrideRule>> | undefined };

/** A read overrides file: well-formed, not yet held against any package. */
export interface Overrides {
  /** Of the file's bytes: 64 hex digits, as `sha256sum` prints. */
  readonly sha256: string;
  /** Name of the file, without its folder. */
  readonly file: string;
  /** By name. */
  readonly models: Readonly<Record<string, ModelOverrides>>;
}

/** Reads the bytes of an overrides file. Throws `OverridesError` with all problems. */
export function readOverrides(bytes: Uint8Array, file = 'overrides.yaml'): Overrides {
  const parsed = parseYaml(decode(bytes, file), file);
  if ('problems' in parsed) throw new OverridesError(parsed.problems);
  const checked = overridesSchema.safeParse(parsed.value, { reportInput: true });
  if (!checked.success) throw new OverridesError(issueProblems(checked.error, parsed.value, file));
  return { sha256: createHash('sha256').update(bytes).digest('hex'), file, models: checked.data.models };
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new OverridesError([{ where: file, message: 'The file is not UTF-8.' }]);
  }
}
