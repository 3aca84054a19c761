import type { Command } from 'commander';
import { importOptions, withModelOptions, type ModelOptions } from './model-options.ts';

const EXIT_HELP = `
Exit codes: 0 nothing but hints, 6 warnings, 3 errors, 2 for a wrong command line.`;

/** Adds `doctor`; what it runs is loaded when it is asked for. */
export function addDoctor(program: Command, distFolder: string): Command {
  const command = program
    .command('doctor')
    .description('say what is wrong with an export, why it matters, and what to change on the training side')
    .argument('<path>', 'an export folder, a package, or an .onnx file')
    .option('--json', 'for a program to read')
    .addHelpText('after', EXIT_HELP);
  return withModelOptions(command).action(async (path: string, flags: ModelOptions & { readonly json?: boolean }) => {
    const { doctor } = await import('./doctor/doctor.ts');
    process.exitCode = await doctor({
      path,
      isJson: flags.json === true,
      importOptions: importOptions(flags),
      distFolder,
    });
  });
}
