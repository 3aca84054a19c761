import { readFileSync, writeFileSync } from 'node:fs';

/** Replaces one text of a file by another; throws where it is not there. */
export function edit(file, from, to) {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`${file}: there is no ${from}`);
  writeFileSync(file, text.replace(from, to));
}
