import type { Row, Value } from './row.ts';

/** Makes rows that have these names, in this order. The names are own properties, whatever they are called. */
export function rowMaker(names: readonly string[]): (valueOf: (index: number) => Value) => Row {
  // Assigning `__proto__` would set the prototype; `fromEntries` defines, and takes ten times as long.
  if (names.some((name) => name in Object.prototype))
    return (valueOf) => Object.fromEntries(names.map((name, index) => [name, valueOf(index)]));
  return (valueOf) => {
    const row: Record<string, Value> = {};
    for (let index = 0; index < names.length; index++) row[names[index]!] = valueOf(index);
    return row;
  };
}
