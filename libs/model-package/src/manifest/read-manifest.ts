import type { PackageProblem } from '../package-error.ts';
import { issueProblems } from './issue-problems.ts';
import { manifestSchema } from './manifest-schema.ts';
import type { Manifest } from './manifest-schema.ts';
import { parseYaml } from './parse-yaml.ts';

export type ReadManifest = { readonly manifest: Manifest } | { readonly problems: readonly PackageProblem[] };

/** Reads the text of a `model.yaml`: the manifest, or every problem with its JSON pointer. */
export function readManifest(text: string, file = 'model.yaml'): ReadManifest {
  const parsed = parseYaml(text, file);
  if ('problems' in parsed) return parsed;
  const checked = manifestSchema.safeParse(parsed.value, { reportInput: true });
  if (checked.success) return { manifest: checked.data };
  return { problems: issueProblems(checked.error, parsed.value, file) };
}
