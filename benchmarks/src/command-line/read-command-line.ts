import { parseCommandLine, type OptionTable, type OptionValues } from './parse-command-line.ts';

const EXIT_USAGE = 2;

/** The words of this process; ends it with what is wrong and the usage where they are not understood, or with the usage for `--help`. */
export function readCommandLine<Table extends OptionTable>(command: string, table: Table): OptionValues<Table> {
  const words = process.argv.slice(2);
  if (words.includes('--help')) {
    process.stdout.write(usageOf(command, table));
    process.exit(0);
  }
  const parsed = parseCommandLine(table, words);
  if ('values' in parsed) return parsed.values;
  process.stderr.write(`${parsed.problems.join('\n')}\n${usageOf(command, table)}`);
  process.exit(EXIT_USAGE);
}

/** A line an option: what it expects, and what it is where it is left out. */
export function usageOf(command: string, table: OptionTable): string {
  const lines = Object.entries(table).map(([name, kind]) => {
    if (kind === 'flag') return `  --${name}`;
    const byDefault = kind.byDefault === null ? '' : `; by default ${kind.byDefault}`;
    return `  --${name} ${kind.sign}: ${kind.expected}${byDefault}`;
  });
  const options = lines.length === 0 ? ['  There are no options.'] : lines;
  return `npx nx run ${command} -- [options]\n${options.join('\n')}\n`;
}
