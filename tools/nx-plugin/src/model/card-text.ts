import { assumptionsOf } from './manifest-text.ts';
import type { PackageDraft } from './package-draft.ts';

/** What only the people who trained the model can say. The text is a question to them, and stays visible to callers until it is answered. */
const theirs = {
  summary: '_Not written yet: what goes in, what comes out, who may use it for what._',
  Data: '_Not written yet: where the data come from, how many rows, their licence._',
  Training: '_Not written yet: library and version, what is done to the columns, split, seed._',
  Measured: '_Not written yet: how good it is, on what held-out data._',
  'Use and limits': '_Not written yet: what it was made for, where it is wrong, who should not rely on it._',
  Reproduce: '_Not written yet: the command that trains and exports it._',
};

/** The card of a new package, README.md: what the graph says is filled in, the rest asks. */
export function cardText(draft: PackageDraft, modelBytes: number): string {
  const { name, version, task, golden } = draft;
  return [
    ...[`# ${name}`, '', theirs.summary, ''],
    ...['| | |', '|---|---|', `| version | ${version} |`, `| model | ${exportOf(draft)}, ${sizeText(modelBytes)} |`],
    ...['| licence | _not written yet_ |', `| task | ${task} |`, ''],
    ...section('Data', theirs.Data),
    ...section('Training', theirs.Training),
    ...section('Measured', `${theirs.Measured}\n\n${goldenParagraph(name, golden.cases.length)}`),
    ...section('Good to know', goodToKnow(draft)),
    ...section('Use and limits', theirs['Use and limits']),
    ...section('Reproduce', theirs.Reproduce),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function section(title: string, text: string): string[] {
  return [`## ${title}`, text, ''];
}

function exportOf({ facts }: PackageDraft): string {
  const valueOf = (about: string) => facts.find((fact) => fact.about === about)?.value;
  return [valueOf('producer') ?? 'ONNX', ...[valueOf('opset')].filter(Boolean)].join(', ').replaceAll(/[|\n]/g, ' ');
}

function goldenParagraph(name: string, count: number): string {
  return `The ${count} golden cases are what **this ONNX file itself** answered to made-up rows. They notice a change of the runtime, of the steps or
of the file; an export that differs from what was trained they cannot notice. Record cases where the model was trained, with
\`tools/train/record_golden.py\` (one file, to be copied), then write the digests again:
\`python3 tools/train/seal_package.py models/${name}\`.`;
}

function goodToKnow(draft: PackageDraft): string {
  const assumed = assumptionsOf(draft).map(
    ({ about, value, source }) => `- Assumed, to be confirmed in model.yaml: ${about}: ${value} (${source}).`,
  );
  const rewrites = draft.facts
    .filter(({ about }) => about.startsWith('rewrite'))
    .map(({ about, value }) => `- ${about}: ${value}.`);
  const numbers = Object.values(draft.signature.input).some(
    ({ type, ...field }) => type === 'number' && !('min' in field),
  );
  const ranges = numbers ? ['- Numbers have no `unit`, `min` or `max` yet: model.yaml takes them.'] : [];
  const lines = [...assumed, ...rewrites, ...ranges, ...draft.warnings.map((warning) => `- ${warning}`)];
  return lines.length === 0 ? 'Nothing was assumed, nothing had to be rewritten.' : lines.join('\n');
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
