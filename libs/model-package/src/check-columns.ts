import type { StepSpec } from '@web-single/preprocessing';
import { nearestName } from '@web-single/tensor';
import type { InputField } from '@web-single/signature';
import type { TensorSpec } from '@web-single/tensor';
import { rowDims } from './import/batch-rule.ts';
import type { PackageProblem } from './package-error.ts';
import { namesIn } from './step-names.ts';

type Fields = Readonly<Record<string, InputField>>;

/** Checks that every "pack-columns" finds its fields, and packs as many as the session input is wide. */
export function checkColumns(
  input: Fields,
  before: readonly StepSpec[],
  inputs: readonly TensorSpec[],
  file: string,
): PackageProblem[] {
  return before.flatMap((step, index) => {
    if (step.step !== 'pack-columns' || !Array.isArray(step['fields'])) return [];
    const fields = step['fields'].map(String);
    const made = namesIn(before.slice(0, index));
    const known = [...Object.keys(input), ...made];
    const missing = fields.filter((name) => !known.includes(name));
    const where = `model.yaml /before/${index}`;
    const spec = inputs.find(({ name }) => name === step['as']);
    const isPlain = fields.every((name) => holdsOneNumber(input[name]) && !made.has(name));
    const width = spec === undefined ? undefined : widthOf(spec);
    const isWrong =
      isPlain && width !== undefined && width !== fields.length && !namesIn(before.slice(index + 1)).has(spec!.name);
    return [
      ...missing.map((name) => ({ where: `${where}/fields`, message: unknownField(name, Object.keys(input)) })),
      ...(isWrong
        ? [
            {
              where: `${where}/fields`,
              message: `Step "pack-columns" packs ${fields.length} columns, input "${spec!.name}" of "${file}" has ${width}. Name every column once, in the order of the training data.`,
            },
          ]
        : []),
    ];
  });
}

function holdsOneNumber(field: InputField | undefined): boolean {
  return field?.type === 'number' || field?.type === 'boolean';
}

/** Columns of a session input [batch, columns], where the graph says how many. */
function widthOf({ dims }: TensorSpec): number | undefined {
  const [width, ...more] = rowDims(dims);
  return typeof width === 'number' && more.length === 0 ? width : undefined;
}

function unknownField(name: string, fields: readonly string[]): string {
  const nearest = nearestName(name, fields);
  const meant = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
  return `There is no field "${name}"${meant}; the fields are ${fields.map((field) => `"${field}"`).join(', ')}.`;
}
