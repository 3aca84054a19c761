import { fstatSync, lstatSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** The file itself, by whatever name or link; of one that is not there yet, where it will be. */
export function identityOf(file: string): string {
  const about = aboutOf(statSync, file);
  return about === undefined ? placeOf(file) : `${about.dev}:${about.ino}`;
}

/** The file that standard input comes from; undefined for a pipe or a terminal. */
export function identityOfInput(descriptor = 0): string | undefined {
  try {
    const about = fstatSync(descriptor);
    return about.isFile() ? `${about.dev}:${about.ino}` : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a file is the model, or lies in its package. */
export function isWithin(file: string, model: string): boolean {
  if (aboutOf(statSync, model) === undefined) return false;
  const way = relative(realpathSync(model), placeOf(file));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const MOST_LINKS = 40;

/** The path without any link, also of what is not there yet, or whose folder is not. */
function placeOf(file: string, followed = 0): string {
  const path = resolve(file);
  if (aboutOf(statSync, path) !== undefined) return realpathSync(path);
  const folder = dirname(path);
  if (folder === path) return path;
  const place = join(placeOf(folder, followed), basename(path));
  const isLink = aboutOf(lstatSync, place)?.isSymbolicLink() === true;
  return isLink && followed < MOST_LINKS ? placeOf(resolve(dirname(place), readlinkSync(place)), followed + 1) : place;
}

/** Undefined for what is not there, or behind links that go round: who opens it says so. */
function aboutOf(read: (path: string) => Stats, path: string): Stats | undefined {
  try {
    return read(path);
  } catch {
    return undefined;
  }
}
