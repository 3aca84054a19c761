import type { Signature } from '@web-single/signature';
import { nearestName } from '@web-single/tensor';
import { escapePointer } from '../manifest/issue-problems.ts';
import type { ModelPackage } from '../model-package.ts';
import type { PackageProblem } from '../package-error.ts';
import { createChangeAnswer, type ChangeAnswer } from './change-answer.ts';
import { findAnswer } from './find-answer.ts';
import { overrideInput } from './override-input.ts';
import { overrideOutput } from './override-output.ts';
import { OverridesError } from './overrides-error.ts';
import type { OverrideRule } from './overrides-schema.ts';
import type { Overrides } from './read-overrides.ts';
import { ruleOf } from './rule-of.ts';
import { answerProblems } from './shown-labels.ts';

/** What overrides make of one package. The package itself, its engine and its golden cases stay as they are. */
export interface PackageOverrides {
  /** Of the overrides file. */
  readonly sha256: string;
  /** What the file says of this version. */
  readonly rule: OverrideRule;
  /** What callers see and may send. */
  readonly signature: Signature;
  readonly isEnabled: boolean;
  /** Undefined where the answers stay as the package gives them. */
  readonly changeAnswer?: ChangeAnswer;
}

type Named = Pick<ModelPackage, 'name' | 'version'>;
type Overridable = Named & Pick<ModelPackage, 'signature'>;

/** The overrides of one package; undefined where the file has none for it. Throws `OverridesError` with all problems. */
export function overridePackage(modelPackage: Overridable, overrides: Overrides): PackageOverrides | undefined {
  const placed = ruleOf(overrides, modelPackage);
  if (placed === undefined) return undefined;
  const { signature } = modelPackage;
  const { input, problems } = overrideInput(signature.input, placed);
  const parts = findAnswer(signature, placed);
  const wrongAnswer = parts === undefined ? [] : 'problems' in parts ? parts.problems : answerProblems(parts, placed);
  if (problems.length + wrongAnswer.length > 0) throw new OverridesError([...problems, ...wrongAnswer]);
  const { rule } = placed;
  const answer = parts === undefined || 'problems' in parts ? undefined : parts;
  return {
    sha256: overrides.sha256,
    rule,
    signature: {
      ...signature,
      input,
      ...(answer && { output: overrideOutput(signature.output, answer, rule) }),
    },
    isEnabled: rule.enabled ?? true,
    ...(answer && { changeAnswer: createChangeAnswer(answer, rule) }),
  };
}

/** Holds overrides against every package, and their names against all that there are, if those are known. Throws `OverridesError` with all problems. */
export function checkOverrides(overrides: Overrides, packages: readonly Overridable[], known?: readonly Named[]): void {
  const problems = [
    ...(known === undefined ? [] : unknownNames(overrides, known)),
    ...Object.keys(overrides.models).flatMap((name) =>
      versionProblems(
        overrides,
        packages.filter((modelPackage) => modelPackage.name === name),
      ),
    ),
  ];
  if (problems.length > 0) throw new OverridesError(problems);
}

/** What all versions of a model have is told once; what only some have, with their names. */
function versionProblems(overrides: Overrides, versions: readonly Overridable[]): PackageProblem[] {
  const byText = new Map<string, { readonly problem: PackageProblem; readonly versions: string[] }>();
  for (const modelPackage of versions) {
    for (const problem of packageProblems(modelPackage, overrides)) {
      const key = JSON.stringify(problem);
      const told = byText.get(key) ?? { problem, versions: [] };
      told.versions.push(modelPackage.version);
      byText.set(key, told);
    }
  }
  return [...byText.values()].map(({ problem: { where, message }, versions: having }) => ({
    where,
    message: having.length === versions.length ? message : `Version ${having.join(', ')}: ${message}`,
  }));
}

function packageProblems(modelPackage: Overridable, overrides: Overrides): readonly PackageProblem[] {
  try {
    overridePackage(modelPackage, overrides);
    return [];
  } catch (error) {
    if (!(error instanceof OverridesError)) throw error;
    return error.problems;
  }
}

function unknownNames({ models, file }: Overrides, known: readonly Named[]): PackageProblem[] {
  const names = [...new Set(known.map(({ name }) => name))];
  return Object.entries(models).flatMap(([name, { versions = {} }]) => {
    const where = `${file} /models/${escapePointer(name)}`;
    if (!names.includes(name)) return [{ where, message: `There is no model of this name${choice(name, names)}.` }];
    const own = known.filter((model) => model.name === name).map(({ version }) => version);
    return Object.keys(versions)
      .filter((version) => !own.includes(version))
      .map((version) => ({
        where: `${where}/versions/${escapePointer(version)}`,
        message: `The model has no such version${choice(version, own)}.`,
      }));
  });
}

function choice(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  const meant = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
  return `${meant}; there ${names.length === 0 ? 'is none' : `are ${names.map((known) => `"${known}"`).join(', ')}`}`;
}
