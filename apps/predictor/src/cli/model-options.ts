import type { Command } from 'commander';

export interface ModelOptions {
  readonly name?: string;
  readonly columns?: string;
  readonly labels?: string;
  readonly strict?: boolean;
}

/** Options that say what an ONNX file does not. */
export function withModelOptions(command: Command): Command {
  return command
    .option('--name <name>', 'serve the model under this name')
    .option('--columns <a,b,c>', 'names of the columns of a matrix input')
    .option('--labels <a,b,c>', 'names of the classes, in order')
    .option('--strict', 'refuse guesses: every fact must be stated or read');
}

/** Comma-separated names; surrounding spaces do not count. */
export function list(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map((part) => part.trim());
}

export const importOptions = (options: ModelOptions) => ({
  ...(options.name === undefined ? {} : { name: options.name }),
  ...(options.columns === undefined ? {} : { columns: list(options.columns) ?? [] }),
  ...(options.labels === undefined ? {} : { labels: list(options.labels) ?? [] }),
  ...(options.strict === true ? { strict: true } : {}),
});
