import { nearestName } from '@web-single/tensor';
import { describeWire } from './input-problem.ts';
import type { InputProblem } from './input-problem.ts';
import type { InferRequest } from './message.ts';
import { listNames, quoteName } from './quote-name.ts';

const maxGuesses = 3;
const maxProblems = 100;

/** Unknown, repeated and missing inputs; the runtime itself ignores what it does not know. */
export function checkNames<Spec extends { readonly name: string; readonly optional?: boolean }>(
  { inputs }: InferRequest,
  specs: ReadonlyMap<string, Spec>,
  describe: (spec: Spec) => string,
): readonly InputProblem[] {
  const sent = new Set<string>();
  const problems: InputProblem[] = [];
  const expected = `one of ${listNames([...specs.keys()])}`;
  for (const input of inputs) {
    // A body may have thousands of inputs that nobody knows.
    if (problems.length === maxProblems) break;
    const { name } = input;
    if (sent.has(name)) problems.push({ name, expected: 'it once', got: 'it twice' });
    else if (!specs.has(name)) {
      const nearest = problems.length < maxGuesses ? nearestName(name, [...specs.keys()]) : undefined;
      problems.push({
        name,
        expected,
        got: `an unknown input ${describeWire(input)}`,
        ...(nearest !== undefined && { hint: `Did you mean ${quoteName(nearest)}?` }),
      });
    }
    sent.add(name);
  }
  for (const [name, spec] of specs) {
    if (!sent.has(name) && spec.optional !== true) problems.push({ name, expected: describe(spec), got: 'nothing' });
  }
  return problems;
}
