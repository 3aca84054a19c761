import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { manifestFile } from '../open-manifest-package.ts';
import { findModels } from '../open-repository.ts';
import type { Finding } from './finding.ts';

const MOST_TOLD = 20;

/** For a folder that is no model itself but holds some: which they are, and how to ask about each. */
export async function whichModel(path: string): Promise<Finding | undefined> {
  // No folder, or one that may not be read: opening it says so.
  const files = await readdir(path).catch(() => undefined);
  if (files === undefined || files.includes(manifestFile)) return undefined;
  const models = files.filter((file) => /\.onnx$/i.test(file)).sort();
  if (models.length === 1) return undefined;
  const inside =
    models.length > 1
      ? models.map((file) => join(path, file))
      : (await findModels([path])).map((found) => found.path).filter((found) => found !== path);
  if (inside.length === 0) return undefined;
  return {
    rule: 'several-models',
    severity: 'error',
    where: basename(resolve(path)),
    what: `The folder is no model: it holds ${countText(inside.length, models.length > 1)}.`,
    why: 'One model is looked at at a time.',
    remedy: `Name ${inside.length === 1 ? 'it' : 'one of them'}.`,
    code: [
      ...inside.slice(0, MOST_TOLD).map((model) => `predictor doctor ${quotedWord(model)}`),
      ...(inside.length > MOST_TOLD ? [`# and ${inside.length - MOST_TOLD} more`] : []),
    ].join('\n'),
  };
}

function countText(count: number, isBeside: boolean): string {
  if (isBeside) return String(count);
  return count === 1 ? 'one, in a folder of its own' : `${count}, each in a folder of its own`;
}

/** As a shell takes it for one word. */
function quotedWord(text: string): string {
  return /^[\w=.,:/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
