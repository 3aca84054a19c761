import { existsSync } from 'node:fs';
import { nearestName } from '@web-single/tensor';
import type { OpenOptions } from '@web-single/model-package';
import { fetchDescriptions } from '../fetch-descriptions.ts';
import type { Answerer } from './answerer.ts';
import { InputError } from './input-row.ts';
import { answererAt } from './server-answerer.ts';

export interface ModelChoice {
  /** MODEL and INPUT… as they stand on the command line. */
  readonly words: readonly string[];
  /** Of a running server. */
  readonly url?: string | undefined;
  readonly callsAtOnce: number;
  readonly importOptions: OpenOptions;
  readonly distFolder: string;
  readonly signal: AbortSignal;
  readonly onNote: (note: string) => void;
}

export interface FoundAnswerer {
  readonly answerer: Answerer;
  /** The words that are no model. */
  readonly files: readonly string[];
}

/** The model that is asked: a path here, or a name at a server, where one that serves one model needs no name. */
export async function findAnswerer(choice: ModelChoice): Promise<FoundAnswerer> {
  const { words, url } = choice;
  if (url !== undefined) return findAt(url.replace(/\/+$/, ''), choice);
  const [path, ...files] = words;
  if (path === undefined)
    throw new InputError('Name a model: a package folder or an .onnx file, or --url of a running server.');
  // Loads the runtime, which a call to a server does without.
  const { openLocally } = await import('./local-answerer.ts');
  return { answerer: await openLocally(path, choice), files };
}

async function findAt(baseUrl: string, { words, callsAtOnce, signal }: ModelChoice): Promise<FoundAnswerer> {
  const served = await fetchDescriptions(baseUrl);
  const names = served.map(({ name }) => name);
  const [first, ...rest] = words;
  const named = served.find(({ name }) => name === first);
  const [only, another] = served;
  const isInput = first === undefined || first === '-' || existsSync(first);
  const chosen = named ?? (isInput && another === undefined ? only : undefined);
  if (chosen === undefined) throw new InputError(noModel(baseUrl, isInput ? undefined : first, names));
  return { answerer: answererAt(chosen, { baseUrl, callsAtOnce, signal }), files: named === undefined ? words : rest };
}

function noModel(baseUrl: string, name: string | undefined, names: readonly string[]): string {
  if (names.length === 0) return `${baseUrl} serves no model yet: see ${baseUrl}/readyz.`;
  const list = names.map((known) => `"${known}"`).join(', ');
  if (name === undefined) return `${baseUrl} serves ${names.length} models: name one of ${list}.`;
  const near = nearestName(name, names);
  return `${baseUrl} serves no model "${name}", and there is no such file. ${near === undefined ? `It serves ${list}.` : `Did you mean "${near}"?`}`;
}
