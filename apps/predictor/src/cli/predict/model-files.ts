import { existsSync, realpathSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { OnnxFormatError, readOnnx } from '@web-single/model-package';
import { isWithin } from './file-identity.ts';

/** Which of the files belong to the model: to its package, or, of a bare `.onnx`, it and what it keeps its weights in. */
export async function filesOfModel(files: readonly string[], model: string): Promise<readonly string[]> {
  const about = statSync(model, { throwIfNoEntry: false });
  const inside = files.filter((file) => isWithin(file, model));
  if (about?.isFile() !== true) return inside;
  const folders = [dirname(resolve(model)), dirname(realpathSync(model))];
  const beside = files.filter(
    (file) => !inside.includes(file) && existsSync(file) && folders.some((folder) => isWithin(file, folder)),
  );
  // A model may be large: it is read only where something beside it is named.
  if (beside.length === 0) return inside;
  const locations = await locationsOf(model);
  const weights = folders.flatMap((folder) => locations.map((location) => join(folder, location)));
  return [...inside, ...beside.filter((file) => weights.some((weight) => isWithin(file, weight)))];
}

async function locationsOf(model: string): Promise<readonly string[]> {
  try {
    return readOnnx(await readFile(model)).externalData.map(({ location }) => location);
  } catch (error) {
    // The load says so, and what to do.
    if (error instanceof OnnxFormatError) return [];
    throw error;
  }
}
