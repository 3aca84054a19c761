import { dirname } from 'node:path';
import { Command, CommanderError } from 'commander';
import { componentVersions } from '../config/component-versions.ts';
import { EXIT } from './exit-codes.ts';

/** Of the bundle: this file lies in a folder below, `start.ts` in it. */
const distFolder = dirname(import.meta.dirname);

interface ModelOptions {
  readonly name?: string;
  readonly columns?: string;
  readonly labels?: string;
  readonly strict?: boolean;
}

interface ServeOptions extends ModelOptions {
  readonly port?: string;
  readonly host?: string;
  readonly overrides?: string;
  readonly watch?: boolean;
}

/** Options that stand for a setting. */
function settingsOf({ port, host, overrides }: ServeOptions): Record<string, string> {
  const given = Object.entries({ PORT: port, HOST: host, OVERRIDES: overrides });
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Comma-separated names; surrounding spaces do not count. */
function list(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map((part) => part.trim());
}

const importOptions = (options: ModelOptions) => ({
  ...(options.name === undefined ? {} : { name: options.name }),
  ...(options.columns === undefined ? {} : { columns: list(options.columns) ?? [] }),
  ...(options.labels === undefined ? {} : { labels: list(options.labels) ?? [] }),
  ...(options.strict === true ? { strict: true } : {}),
});

/** Options that say what an ONNX file does not. */
function withModelOptions(command: Command): Command {
  return command
    .option('--name <name>', 'serve the model under this name')
    .option('--columns <a,b,c>', 'names of the columns of a matrix input')
    .option('--labels <a,b,c>', 'names of the classes, in order')
    .option('--strict', 'refuse guesses: every fact must be stated or read');
}

const SETTINGS_HELP = `
Settings are environment variables, PORT, MODELS and LOG_LEVEL among them. All
are listed in README.md under "Settings".`;

const program = new Command('predictor')
  .description('Serves ONNX models over typed REST: interface, preprocessing and model in one place.')
  .version(componentVersions['predictor'] ?? '')
  .addHelpText('after', SETTINGS_HELP)
  .showHelpAfterError()
  .exitOverride();

withModelOptions(program.command('serve').description('serve model packages, folders of packages, or bare .onnx files'))
  .argument('[paths...]', 'what to serve: paths, https:// or s3:// addresses; MODELS by default')
  .addHelpText('after', SETTINGS_HELP)
  .option('--port <port>', 'HTTP port (PORT)')
  .option('--host <host>', 'address to bind (HOST)')
  .option('--overrides <file>', 'YAML file with thresholds and labels (OVERRIDES)')
  .option('--watch', 'development: a package that changes takes over without a restart')
  .action(async (paths: string[], options: ServeOptions) => {
    const { serve } = await import('./serve.ts');
    await serve({
      paths,
      environment: { ...process.env, ...settingsOf(options) },
      importOptions: importOptions(options),
      distFolder,
      watch: options.watch,
    });
  });

withModelOptions(program.command('inspect').description('print every fact known about a model, with its source'))
  .argument('<path>', 'a package, a folder of packages, an .onnx file, or their https:// or s3:// address')
  .action(async (path: string, options: ModelOptions) => {
    const { inspect } = await import('./inspect.ts');
    process.exitCode = await inspect(path, importOptions(options), process.env);
  });

program
  .command('sdk')
  .description('write a typed TypeScript client for the models of a running predictor or of a package')
  .requiredOption('--from <url|path>', 'URL of a running predictor, or path of packages')
  .requiredOption('--out <folder>', 'folder to write the client into')
  .action(async (options: { from: string; out: string }) => {
    const { writeSdk } = await import('./write-sdk.ts');
    process.exitCode = await writeSdk({ ...options, distFolder });
  });

try {
  await program.parseAsync();
} catch (error) {
  // It has been printed: help and version end with 0, all else is a command line that is wrong.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}
