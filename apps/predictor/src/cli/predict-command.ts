import { InvalidArgumentError, Option, type Command } from 'commander';
import { importOptions, list, withModelOptions, type ModelOptions } from './model-options.ts';

interface Flags extends ModelOptions {
  readonly url?: string;
  readonly field?: readonly string[];
  readonly format?: 'csv' | 'ndjson';
  readonly separator?: string;
  readonly keep?: string;
  readonly missing?: string;
  readonly output?: 'table' | 'csv' | 'ndjson';
  readonly out?: string;
  readonly errors?: string;
  readonly onError: 'fail' | 'skip';
  readonly concurrency: number;
}

const EXAMPLES = `
MODEL is a package folder or an .onnx file, which is run in this process, or with
--url the name of a model there. INPUT is a CSV or NDJSON file, "-" for standard
input, or pictures, one a row.

  predictor predict models/penguins --field island=Dream --field body_mass_g=3800
  predictor predict models/digits models/digits/golden/1.png models/digits/golden/2.png
  predictor predict models/penguins rows.csv --keep id --out answers.csv --errors errors.ndjson
  predictor predict --url http://127.0.0.1:3000 penguins - --format ndjson < rows.ndjson

Exit codes: 0, 5 where rows have no answer (0 with --on-error skip), 2 for a wrong
command line or input, 3 for a model that cannot be served, 4 for a server that
cannot be reached, 130 after Ctrl-C.`;

/** Adds `predict`; what it runs is loaded when it is asked for. */
export function addPredict(program: Command, distFolder: string): Command {
  const command = program
    .command('predict')
    .description('answer rows: fields, pictures, CSV or NDJSON, here or at a running server')
    .argument('[MODEL]', 'a package folder or an .onnx file; a name, or nothing, where --url serves one model')
    .argument('[INPUT...]', 'CSV or NDJSON files, pictures, or - for standard input')
    .usage('MODEL [INPUT...] [options]')
    .option('--url <url>', 'ask a running predictor')
    .option('--field <name=value>', 'a value of a single row; of a picture, its path (again for each field)', collect)
    .addOption(
      new Option('--format <format>', 'of the input, where its extension does not tell').choices(['csv', 'ndjson']),
    )
    .option('--separator <character>', 'between the cells of CSV: "," (a tab in .tsv)', oneCharacter)
    .option('--missing <a,b>', 'cells of CSV that mean a missing value, besides empty ones: NA')
    .option('--keep <a,b>', 'columns of the input that are written beside the answers')
    .addOption(new Option('--output <format>', 'table on a terminal, else NDJSON').choices(['table', 'csv', 'ndjson']))
    .option('--out <file>', 'write the answers to a file; its extension tells the format')
    .option('--errors <file>', 'write rows without an answer to a file, NDJSON, with all that is wrong')
    .addOption(
      new Option('--on-error <policy>', 'exit code where rows have no answer: fail 5, skip 0')
        .choices(['fail', 'skip'])
        .default('fail'),
    )
    .option('--concurrency <calls>', 'calls to a server at once', wholeNumber, 4)
    .addHelpText('after', EXAMPLES);
  return withModelOptions(command).action(async (model: string | undefined, inputs: string[], flags: Flags) => {
    const { predict } = await import('./predict/predict.ts');
    const { field: fields = [], keep, missing, ...others } = flags;
    process.exitCode = await predict({
      ...others,
      words: model === undefined ? [] : [model, ...inputs],
      fields,
      keep: list(keep) ?? [],
      missing: list(missing) ?? [],
      importOptions: importOptions(flags),
      distFolder,
    });
  });
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 64)
    throw new InvalidArgumentError('Expected a whole number from 1 to 64.');
  return value;
}

function oneCharacter(text: string): string {
  const character = text === String.raw`\t` || text === 'tab' ? '\t' : text;
  if (character.length !== 1 || /["\r\n]/.test(character))
    throw new InvalidArgumentError('Expected one character, or "tab".');
  return character;
}
