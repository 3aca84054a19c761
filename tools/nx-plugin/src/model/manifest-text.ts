import { flowYaml } from './flow-yaml.ts';
import type { PackageDraft } from './package-draft.ts';

/** sha256 of the package's files by path; the ONNX file's stands with the model, the others' under `files`. */
export type Digests = Readonly<Record<string, string>>;

export const modelFile = 'model.onnx';
export const goldenFile = 'golden.jsonl';

/** `model.yaml` of a draft, sealed. What was assumed stays under `provenance`, where it can be confirmed and deleted. */
export function manifestText(draft: PackageDraft, digests: Digests): string {
  const { name, version, task, requires, signature, before, after } = draft;
  const { [modelFile]: modelSha256, ...files } = digests;
  const lines = [
    '# yaml-language-server: $schema=../../libs/model-package/model.schema.json',
    `name: ${flowYaml(name)}`,
    `version: ${version}`,
    `task: ${flowYaml(task)}`,
    `model: { file: ${modelFile}, sha256: ${JSON.stringify(modelSha256)} }`,
    `requires: ${flowYaml(requires)}`,
    'signature:',
    '  input:',
    ...mapping(signature.input, 4),
    '  output:',
    ...mapping(signature.output, 4),
    ...list('before', before, 0),
    ...list('after', after, 0),
    `golden: ${goldenFile}`,
    'files:',
    ...mapping(files, 2, JSON.stringify),
    'provenance:',
    '  importedBy: "@web-single/nx-plugin:model"',
    ...list('assumptions', assumptionsOf(draft), 2),
  ];
  return `${lines.join('\n')}\n`;
}

export function assumptionsOf({ facts }: PackageDraft) {
  return facts
    .filter(({ confidence }) => confidence === 'assumed')
    .map(({ about, value, source }) => ({ about, value, source }));
}

function mapping(values: Readonly<Record<string, unknown>>, indent: number, print = flowYaml): string[] {
  return Object.entries(values).map(([key, value]) => `${' '.repeat(indent)}${flowYaml(key)}: ${print(value)}`);
}

function list(name: string, items: readonly unknown[], indent: number): string[] {
  const margin = ' '.repeat(indent);
  return items.length === 0 ? [] : [`${margin}${name}:`, ...items.map((item) => `${margin}  - ${flowYaml(item)}`)];
}
