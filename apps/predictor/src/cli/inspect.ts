import { basename, resolve } from 'node:path';
import {
  describePackage,
  findModels,
  isSourceUri,
  openModels,
  PackageError,
  SourceError,
  type ModelPackage,
  type OpenOptions,
} from '@web-single/model-package';
import { componentVersions } from '../config/component-versions.ts';
import { readSettings, SettingsError } from '../config/settings.ts';
import { createFetcher } from '../sources/create-fetcher.ts';
import { EXIT } from './exit-codes.ts';
import { printProblems } from './print-problems.ts';
import { whatToServe } from './what-to-serve.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `predictor inspect PATH|URI`: every fact with its source, of each package there; returns the exit code. */
export async function inspect(place: string, options: OpenOptions, environment: Environment): Promise<number> {
  const isElsewhere = isSourceUri(place);
  const openOptions = { ...options, componentVersions };
  try {
    const packages = isElsewhere
      ? await openElsewhere(place, openOptions, environment)
      : await openHere(place, openOptions);
    process.stdout.write(`${packages.map(describePackage).join('\n\n')}\n`);
    return EXIT.ok;
  } catch (error) {
    if (error instanceof SourceError || error instanceof SettingsError) {
      process.stderr.write(`${error.message}\n`);
      return error instanceof SourceError ? EXIT.network : EXIT.usage;
    }
    if (!(error instanceof PackageError)) throw error;
    const [heading, named] = isElsewhere ? ['It', undefined] : [`"${place}"`, basename(resolve(place))];
    printProblems(`${heading} cannot be served:`, error, named);
    return EXIT.invalidModel;
  }
}

async function openElsewhere(
  place: string,
  options: OpenOptions,
  environment: Environment,
): Promise<readonly ModelPackage[]> {
  const settings = readSettings(environment);
  const what = whatToServe([place], settings, options);
  if ('problems' in what) throw new SettingsError(what.problems);
  const fetcher = createFetcher(settings, what.allowedHosts, environment);
  const [uri] = what.uris;
  if (uri === undefined) return [];
  const { path } = await fetcher.fetch(uri, new AbortController().signal);
  return openModels([path], options);
}

/** One package, or all of a folder; only then do problems name the package they are of. */
async function openHere(path: string, options: OpenOptions): Promise<ModelPackage[]> {
  const [only, another] = await findModels([path]);
  return only === undefined || another !== undefined ? openModels([path], options) : [await only.open(options)];
}
