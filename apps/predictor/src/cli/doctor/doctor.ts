import { diagnose, sortFindings, type Finding, type ModelPackage, type OpenOptions } from '@web-single/model-package';
import { componentVersions } from '../../config/component-versions.ts';
import { EXIT } from '../exit-codes.ts';
import { reportText, type DoctorReport } from './print-report.ts';

export interface DoctorOptions {
  readonly path: string;
  readonly isJson: boolean;
  readonly importOptions: OpenOptions;
  readonly distFolder: string;
}

/** `predictor doctor PATH`: what is wrong with an export and how to mend it; returns the exit code, by the worst. */
export async function doctor({ path, isJson, importOptions, distFolder }: DoctorOptions): Promise<number> {
  const { findings, opened } = await diagnose(path, { ...importOptions, componentVersions });
  const { tryModel } = await import('./try-model.ts');
  const isMisfit = findings.some(({ rule }) => rule === 'golden-case-misfit');
  const tried = opened !== undefined && isMisfit ? withoutGolden(opened) : opened;
  const trial = tried === undefined ? undefined : await tryModel(tried, distFolder);
  const report: DoctorReport = {
    path,
    findings: sortFindings([...findings, ...(trial?.findings ?? [])]),
    ...(trial?.figures && { trial: trial.figures }),
  };
  const hasColors = process.stdout.isTTY && process.stdout.hasColors();
  process.stdout.write(isJson ? `${JSON.stringify(report, null, 2)}\n` : reportText(report, hasColors));
  return exitCodeOf(report.findings);
}

/** Cases that cannot be asked would keep the model from being run at all. */
function withoutGolden({ golden: _golden, ...others }: ModelPackage): ModelPackage {
  return others;
}

/** Hints are no reason to stop a pipeline. */
export function exitCodeOf(findings: readonly Finding[]): number {
  const has = (severity: Finding['severity']): boolean => findings.some((finding) => finding.severity === severity);
  if (has('error')) return EXIT.invalidModel;
  return has('warning') ? EXIT.warnings : EXIT.ok;
}
