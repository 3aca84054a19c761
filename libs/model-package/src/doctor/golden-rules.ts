import { checkRows } from '@web-single/signature';
import type { GoldenSet } from '../golden-set.ts';
import type { Manifest } from '../manifest/manifest-schema.ts';
import type { Finding } from './finding.ts';
import { recordingCode } from './recording-code.ts';
import type { Subject } from './subject.ts';

/** What golden cases prove, and what they do not. */
export function goldenFindings(subject: Subject, manifest: Manifest | undefined): Finding[] {
  const file = manifest?.golden ?? 'golden.jsonl';
  return [...noGolden(subject), ...ownAnswers(subject, file), ...misfits(subject, file)];
}

const RECORD =
  'Record some 50 answers of the trained model, not of the ONNX file, with record_golden.py; samples: pairs of a row and its answer.';

function noGolden({ opened, hasManifest, model }: Subject): Finding[] {
  if (opened === undefined || opened.golden !== undefined) return [];
  return [
    {
      rule: 'no-golden-cases',
      severity: 'warning',
      where: hasManifest ? 'model.yaml /golden' : opened.name,
      what: 'There are no golden cases.',
      why: 'Nothing proves that the model answers here as it did where it was trained; a wrong export or preprocessing is noticed by users first.',
      remedy: RECORD,
      code: recordingCode(opened, model),
    },
  ];
}

/** Whether golden cases prove what the training side answers: those that the ONNX file itself gave do not. */
export function isProvenElsewhere(golden: GoldenSet | undefined): boolean {
  return golden !== undefined && !isOwnRecord(golden);
}

/** As the generator of packages says it, and whoever names the runtime as the library. */
function isOwnRecord({ producer }: GoldenSet): boolean {
  const said = (key: string): string => (typeof producer[key] === 'string' ? producer[key] : '');
  return /^of this ONNX file itself/.test(said('answers')) || /^onnx[ _-]?runtime/i.test(said('library'));
}

function ownAnswers({ opened, model }: Subject, file: string): Finding[] {
  if (opened?.golden === undefined || !isOwnRecord(opened.golden)) return [];
  return [
    {
      rule: 'own-golden-cases',
      severity: 'warning',
      where: `${file} line 1`,
      what: `The golden cases were recorded from the ONNX file itself: ${opened.golden.cases.length} of them.`,
      why: 'They prove that it answers as before, not that it answers as it did where it was trained: a wrong export or preprocessing passes.',
      remedy: RECORD,
      code: recordingCode(opened, model),
    },
  ];
}

const MOST_PROBLEMS = 10_000;
const MOST_TOLD = 20;

/** Cases that the signature refuses, told once: every field, and the cases it is wrong in. */
function misfits({ opened, model }: Subject, file: string): Finding[] {
  if (opened?.golden === undefined) return [];
  const inputs = opened.golden.cases.map(({ input }) => input);
  const problems = checkRows(opened.signature, inputs, { maxProblems: MOST_PROBLEMS }).flatMap((check) =>
    'problems' in check ? check.problems : [],
  );
  if (problems.length === 0) return [];
  const groups = [...Map.groupBy(problems, ({ field, expected }) => JSON.stringify([field, expected])).values()];
  const told = groups.slice(0, MOST_TOLD).map((group) => {
    const { field, expected, got } = group[0]!;
    const where = field === '' ? 'the row' : `input ${JSON.stringify(field)}`;
    return `${where} expected ${expected}, got ${got}: ${casesText(group.map(({ row }) => row + 1))}`;
  });
  const rest = groups.length > MOST_TOLD ? `; and ${groups.length - MOST_TOLD} more fields` : '';
  const count = new Set(problems.map(({ row }) => row)).size;
  return [
    {
      rule: 'golden-case-misfit',
      severity: 'error',
      where: file,
      what: `${count} of ${inputs.length} golden cases ${count === 1 ? 'is' : 'are'} no row of the signature: ${told.join('; ')}${rest}.`,
      why: 'They cannot be asked, so nothing is proven by any case, and a server does not take the package.',
      remedy: 'Record the cases with every field as the signature in model.yaml has it, or correct the signature.',
      code: recordingCode(opened, model),
    },
  ];
}

/** `case 3`, `cases 1 to 5 and 9`. */
function casesText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of [...new Set(numbers)].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  const texts = ranges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  const [end] = texts.slice(-1);
  const list = texts.length === 1 ? texts[0]! : `${texts.slice(0, -1).join(', ')} and ${end}`;
  return ranges.length === 1 && ranges[0]![0] === ranges[0]![1] ? `case ${list}` : `cases ${list}`;
}
