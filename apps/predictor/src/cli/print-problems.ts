import { PackageError } from '@web-single/model-package';
import { plainText } from './plain-text.ts';

/** Writes a heading and every problem of an error to stderr, one line each; `named`: the file the heading names already. */
export function printProblems(heading: string, error: Error, named?: string): void {
  const lines =
    error instanceof PackageError
      ? error.problems.map(({ where, message }) => (where === named ? message : `${where}: ${message}`))
      : error.message.split('\n');
  process.stderr.write(plainText(`${heading}\n${lines.map((line) => `  - ${line}`).join('\n')}\n`));
}
