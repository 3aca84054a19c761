/** Each sample replaced by what `table`, uint8 [256], has for it. (`data.map` takes several times as long.) */
export function lookUp(data: Uint8Array, table: Uint8Array): Uint8Array {
  const found = new Uint8Array(data.length);
  for (let at = 0; at < found.length; at++) found[at] = table[data[at]!]!;
  return found;
}

/** uint8 [256] of a function of the level. */
export function levelTable(levelFor: (level: number) => number): Uint8Array {
  const table = new Uint8Array(256);
  for (let level = 0; level < table.length; level++) table[level] = levelFor(level);
  return table;
}
