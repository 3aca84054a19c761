import { styleText } from 'node:util';
import type { Finding, Severity } from '@web-single/model-package';
import type { TrialFigures } from './try-model.ts';

export interface DoctorReport {
  readonly path: string;
  readonly findings: readonly Finding[];
  /** Left out where the model could not be run. */
  readonly trial?: TrialFigures;
}

const COLORS = { error: 'red', warning: 'yellow', hint: 'cyan' } as const;

/** The report for a person: the count, every finding with why and what to do, and what the run showed. */
export function reportText(report: DoctorReport, hasColors: boolean): string {
  const { findings, path, trial } = report;
  const blocks = findings.map((finding) => findingText(finding, hasColors));
  return [`${path}: ${countText(findings)}`, ...blocks, ...(trial === undefined ? [] : [trialText(trial)])]
    .join('\n\n')
    .concat('\n');
}

function countText(findings: readonly Finding[]): string {
  const counts = (['error', 'warning', 'hint'] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? 'nothing to complain about' : counts.join(', ');
}

function findingText({ severity, rule, where, what, why, remedy, code }: Finding, hasColors: boolean): string {
  const lines = [
    `${colored(severity, hasColors)}  ${printable(where)}  (${rule})`,
    `  ${printable(what)}`,
    `  Why: ${why}`,
    `  Do:  ${printable(remedy)}`,
    ...(code?.split('\n').map((line) => `       ${printable(line)}`) ?? []),
  ];
  return lines.join('\n');
}

function trialText({ startMs, peakBytes, goldenCases, curve }: TrialFigures): string {
  const times = [curve[0], curve.at(-1)].filter(
    (point, index) => point !== undefined && (index === 0 || curve.length > 1),
  );
  const runs = times.map(
    (point) => `${point!.rows} ${point!.rows === 1 ? 'row' : 'rows'} ${Number(point!.p50Ms.toPrecision(2))} ms`,
  );
  const golden = goldenCases === 0 ? 'no golden cases compared' : `${goldenCases} golden cases compared`;
  const memory = peakBytes === undefined ? '' : `, ${Math.round(peakBytes / 2 ** 20)} MB at most`;
  if (curve.length === 0)
    return `It was loaded in a process of its own in ${Math.round(startMs)} ms${memory}; no row could be tried, so nothing is proven or measured.`;
  return `It was run in a process of its own: proven in ${Math.round(startMs)} ms${memory}; ${golden}; ${runs.join(', ')}.`;
}

function colored(severity: Severity, hasColors: boolean): string {
  return hasColors ? styleText([COLORS[severity], 'bold'], severity, { validateStream: false }) : severity;
}

/** Names come from files that others wrote. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}
