import { describe, expect, it } from 'vitest';
import { plain } from '../dialects/plain.ts';
import type { Case } from '../workloads/prepare-cases.ts';
import { workloads } from '../workloads/workload-table.ts';
import { AnswerCheck } from './answer-check.ts';

const wanted: Case = {
  inputs: [{}],
  outputs: [{ label: 'Adelie', probabilities: { Adelie: 0.9, Gentoo: 0.1 } }],
  tolerance: { absolute: 1e-5, relative: 0 },
};
const answer = (adelie: number, label = 'Adelie', timing = 1): Buffer =>
  Buffer.from(
    JSON.stringify({
      predictions: [{ label, probabilities: { Adelie: adelie, Gentoo: 0.1 } }],
      timing: { totalMs: timing },
    }),
  );
const check = (): AnswerCheck => new AnswerCheck(plain, workloads[0]!, wanted);

describe('AnswerCheck', () => {
  it('takes what is within the tolerance, however the rest of the answer changes', () => {
    const checked = check();
    for (const timing of [1, 2]) checked.check(answer(0.900001, 'Adelie', timing));
  });

  it('finds a wrong answer behind a right one', () => {
    const checked = check();
    checked.check(answer(0.9));
    expect(() => checked.check(answer(0.8))).toThrow('Row 0: output "probabilities"');
    expect(() => checked.check(answer(0.9, 'Gentoo'))).toThrow('output "label" expected "Adelie"');
  });

  it('finds a missing row, and what is no answer at all', () => {
    expect(() => check().check(Buffer.from('{"predictions":[]}'))).toThrow('Expected 1 predictions, got 0.');
    expect(() => check().check(Buffer.from('{}'))).toThrow('Expected 1 predictions');
    expect(() => check().check(Buffer.from('busy'))).toThrow('Expected predictions, got busy');
  });
});
