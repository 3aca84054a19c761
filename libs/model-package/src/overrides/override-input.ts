import type { InputField, NumberField, Signature } from '@web-single/signature';
import { describeValue, nearestName } from '@web-single/tensor';
import type { PackageProblem } from '../package-error.ts';
import type { PlacedRule } from './rule-of.ts';

interface OverriddenInput {
  readonly input: Signature['input'];
  readonly problems: readonly PackageProblem[];
}

/** The inputs of a signature with the narrower ranges of a rule, or why they cannot be. */
export function overrideInput(input: Signature['input'], { rule, where }: PlacedRule): OverriddenInput {
  const problems: PackageProblem[] = [];
  const narrowed = Object.entries(rule.input ?? {}).flatMap(([name, range]) => {
    const field = Object.hasOwn(input, name) ? input[name] : undefined;
    const tell = (message: string, ...path: string[]) =>
      void problems.push({ where: where('input', name, ...path), message });
    if (field === undefined) tell(unknownInput(name, Object.keys(input)));
    else if (field.type !== 'number') tell(`Expected an input of type number; "${name}" is of type ${field.type}.`);
    else return [[name, narrow(field, range, tell)] as const];
    return [];
  });
  // Declaration order stays.
  return { input: { ...input, ...Object.fromEntries<InputField>(narrowed) }, problems };
}

interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

function narrow(field: NumberField, range: Range, tell: (message: string, ...path: string[]) => void): NumberField {
  const min = range.min ?? field.min;
  const max = range.max ?? field.max;
  if (range.min !== undefined && range.min < (field.min ?? -Infinity))
    tell(`Expected at least ${field.min}, the package's own; got ${describeValue(range.min)}.`, 'min');
  if (range.max !== undefined && range.max > (field.max ?? Infinity))
    tell(`Expected at most ${field.max}, the package's own; got ${describeValue(range.max)}.`, 'max');
  if (min !== undefined && max !== undefined && min > max) tell(`No value lies between ${min} and ${max}.`);
  const { example, ...rest } = field;
  const fits = typeof example === 'number' && example >= (min ?? -Infinity) && example <= (max ?? Infinity);
  return {
    ...rest,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(fits && { example }),
  };
}

function unknownInput(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  const meant = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
  const listed = names.map((known) => `"${known}"`).join(', ');
  return `The model has no such input${meant}; there ${listed === '' ? 'are none' : `are ${listed}`}.`;
}
