import { join } from 'node:path';
import { formatProblem } from '../load-model.ts';
import type { Manifest } from '../manifest/manifest-schema.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import type { ModelPackage } from '../model-package.ts';
import { manifestFile } from '../open-manifest-package.ts';
import type { OpenOptions } from '../open-options.ts';
import { openPackage } from '../open-package.ts';
import { OnnxFormatError } from '../onnx/onnx-format-error.ts';
import { PackageError, type PackageProblem } from '../package-error.ts';
import { explainProblem } from './explain-problem.ts';
import { sortFindings, type Finding } from './finding.ts';
import { graphFindings } from './graph-rules.ts';
import { namingFindings } from './naming-rules.ts';
import { packageFindings } from './package-rules.ts';
import { pictureFindings } from './picture-rules.ts';
import { readPlainText } from './read-plain-file.ts';
import { readProcessorConfig, type ProcessorConfig } from './processor-config.ts';
import { readSubject, type Subject } from './subject.ts';
import { whichModel } from './which-model.ts';

export interface Diagnosis {
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** Set where it can be opened, and so be run. */
  readonly opened?: ModelPackage;
}

/** Says everything that files alone tell is wrong with an export folder, a package or a bare `.onnx`. Runs nothing. */
export async function diagnose(path: string, options: OpenOptions = {}): Promise<Diagnosis> {
  const several = await whichModel(path);
  if (several !== undefined) return { findings: [several] };
  const { opened, problems } = await tryToOpen(path, options);
  const subject = await readSubject(path, opened);
  const isPicturePlace = !subject.isBareFile;
  const config = isPicturePlace ? await readProcessorConfig(subject.folder, subject.files) : undefined;
  const findings = [
    ...problems.map((problem) => explainProblem(problem, subject.model)),
    ...findingsOfModel(subject, config),
    ...packageFindings(subject, await manifestOf(subject)),
  ];
  return { findings: sortFindings(findings), ...(opened && { opened }) };
}

/** Rules decode parts of nodes that nothing before has asked for. */
function findingsOfModel(subject: Subject, config: ProcessorConfig | undefined): readonly Finding[] {
  try {
    return [...graphFindings(subject), ...namingFindings(subject), ...pictureFindings(subject, config)];
  } catch (error) {
    if (!(error instanceof OnnxFormatError)) throw error;
    // Where it could not be opened, that has been told.
    return subject.opened === undefined ? [] : [explainProblem(formatProblem(subject.file, error), subject.model)];
  }
}

async function tryToOpen(
  path: string,
  options: OpenOptions,
): Promise<{ opened?: ModelPackage; problems: readonly PackageProblem[] }> {
  try {
    return { opened: await openPackage(path, options), problems: [] };
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    return { problems: error.problems };
  }
}

async function manifestOf({ folder, hasManifest }: Subject): Promise<Manifest | undefined> {
  if (!hasManifest) return undefined;
  const text = await readPlainText(join(folder, manifestFile));
  if (text === undefined) return undefined;
  const read = readManifest(text);
  return 'manifest' in read ? read.manifest : undefined;
}
