import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** The file itself, by whatever name or link; of one that is not there yet, its path. */
export function identityOf(file: string): string {
  const about = statSync(file, { throwIfNoEntry: false });
  return about === undefined ? resolve(file) : `${about.dev}:${about.ino}`;
}

/** Whether a file is the model, or lies in its package. */
export function isWithin(file: string, model: string): boolean {
  if (statSync(model, { throwIfNoEntry: false }) === undefined) return false;
  const folder = dirname(resolve(file));
  const place = existsSync(file) || !existsSync(folder) ? file : join(realpathSync(folder), basename(file));
  const way = relative(realpathSync(model), existsSync(place) ? realpathSync(place) : resolve(place));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
