import { PackageError } from '@web-single/model-package';
import { draftPackage } from './draft-package.ts';
import type { ModelOptions } from './model-options.ts';

// Runs as a process of its own, which draft-in-process.ts starts: options as JSON in the first argument, the draft or the problems on stdout.

async function answer(options: ModelOptions): Promise<object> {
  try {
    return { draft: await draftPackage(options) };
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    return { problems: error.problems };
  }
}

process.stdout.write(JSON.stringify(await answer(JSON.parse(process.argv[2]!) as ModelOptions)));
