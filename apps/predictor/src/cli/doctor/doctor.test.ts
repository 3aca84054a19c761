import { describe, expect, it } from 'vitest';
import type { Finding } from '@web-single/model-package';
import { exitCodeOf } from './doctor.ts';
import { reportText } from './print-report.ts';
import { trialFindings } from './try-model.ts';

const finding = (severity: Finding['severity']): Finding => ({
  rule: 'fixed-batch',
  severity,
  where: 'model.onnx input "x"',
  what: 'It is fixed at 1.\u001b[2J',
  why: 'It is slow.',
  remedy: 'Export again.',
  code: 'first\nsecond',
});

describe('doctor', () => {
  it.each<[readonly Finding['severity'][], number]>([
    [[], 0],
    [['hint'], 0],
    [['hint', 'warning'], 6],
    [['warning', 'error'], 3],
  ])('ends %j with %i', (severities, code) => {
    expect(exitCodeOf(severities.map(finding))).toBe(code);
  });

  it('prints where, what, why, what to do and the lines for it; nothing that moves the cursor', () => {
    expect(
      reportText({ path: 'models/x', findings: [finding('error'), finding('hint'), finding('hint')] }, false),
    ).toMatch(
      /^models\/x: 1 error, 2 hints\n\nerror {2}model\.onnx input "x" {2}\(fixed-batch\)\n {2}It is fixed at 1\.\?\[2J\n {2}Why: It is slow\.\n {2}Do: {2}Export again\.\n {7}first\n {7}second\n/,
    );
  });

  it.each([
    ['A row made up from the signature is never answered: add golden cases.', 'does-not-run', 'error'],
    ['A row made up from the signature fails: There was not enough memory for this run.', 'does-not-run', 'error'],
    ['A row made up from the signature fails: An index is out of range.', 'not-proven', 'warning'],
    ['No row could be made up from the signature: add golden cases.', 'not-proven', 'warning'],
  ])('takes "%s" for %s', (warning, rule, severity) => {
    const started = { goldenReport: { cases: 0, failures: [] }, calibration: {}, warnings: [warning] };
    expect(trialFindings(started)).toMatchObject([{ rule, severity, what: warning }]);
  });

  it('claims no proof where no row was answered', () => {
    const text = reportText({ path: 'x', findings: [], trial: { startMs: 336, goldenCases: 0, curve: [] } }, false);
    expect(text).toContain('It was loaded in a process of its own in 336 ms; no row could be tried, so nothing');
  });

  it('prints what the run showed', () => {
    const trial = {
      startMs: 412.4,
      peakBytes: 99 * 2 ** 20,
      goldenCases: 4,
      curve: [
        { rows: 1, p50Ms: 0.123 },
        { rows: 64, p50Ms: 140 },
      ],
    };
    expect(reportText({ path: 'x', findings: [], trial }, false)).toBe(
      'x: nothing to complain about\n\nIt was run in a process of its own: proven in 412 ms, 99 MB at most; 4 golden cases compared; 1 row 0.12 ms, 64 rows 140 ms.\n',
    );
  });
});
