import { dirname } from 'node:path';
import { Command, CommanderError } from 'commander';
import { componentVersions } from '../config/component-versions.ts';
import { addDoctor } from './doctor-command.ts';
import { EXIT, EXIT_MEANINGS } from './exit-codes.ts';
import { INTRODUCTION } from './introduction.ts';
import { importOptions, withModelOptions, type ModelOptions } from './model-options.ts';
import { addPredict } from './predict-command.ts';

/** Of the bundle: this file lies in a folder below, `start.ts` in it. */
const distFolder = dirname(import.meta.dirname);

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

const SETTINGS_HELP = `
Settings are environment variables, PORT, MODELS and LOG_LEVEL among them. All
are listed in README.md under "Settings".`;

const EXIT_HELP = `
Exit codes
${EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`).join('\n')}`;

const program = new Command('predictor')
  .description('Serves ONNX models over typed REST: interface, preprocessing and model in one place.')
  .version(componentVersions['predictor'] ?? '')
  .addHelpText('after', `${EXIT_HELP}\n${SETTINGS_HELP}`)
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

addPredict(program, distFolder);
addDoctor(program, distFolder);

program
  .command('sdk')
  .description('write a typed TypeScript client for the models of a running predictor or of a package')
  .requiredOption('--from <url|path>', 'URL of a running predictor, or path of packages')
  .requiredOption('--out <folder>', 'folder to write the client into')
  .action(async (options: { from: string; out: string }) => {
    const { writeSdk } = await import('./write-sdk.ts');
    process.exitCode = await writeSdk({ ...options, distFolder });
  });

for (const command of [program, ...program.commands])
  command.showHelpAfterError(
    `Usage: ${usageOf(command)}\n"predictor help${command === program ? '' : ` ${command.name()}`}" tells more.`,
  );

try {
  if (process.argv.length <= 2) process.stdout.write(INTRODUCTION);
  else await program.parseAsync();
} catch (error) {
  // It has been printed: help and version end with 0, all else is a command line that is wrong.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
}

function usageOf(command: Command): string {
  return command === program ? `predictor ${command.usage()}` : `predictor ${command.name()} ${command.usage()}`;
}
