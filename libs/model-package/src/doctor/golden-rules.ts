import type { Finding } from './finding.ts';
import { recordingCode } from './recording-code.ts';
import type { Subject } from './subject.ts';

const RECORD =
  'Record some 50 answers of the trained model, not of the ONNX file, with record_golden.py; samples: pairs of a row and its answer.';

/** A model without golden cases, and the lines that record them. */
export function noGolden({ opened, hasManifest, model }: Subject): Finding[] {
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
