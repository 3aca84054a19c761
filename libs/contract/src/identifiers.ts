/** `predictVersion` and `predictDefault` are operations of the contract; the rest are names of the generated client. */
const RESERVED = ['Version', 'Default', 'Models', 'Image', 'With'];

/** `iris-v2` → `IrisV2`: ASCII letters and digits only, never starting with a digit, never empty. */
export function toPascalCase(name: string): string {
  const words = name.match(/[A-Za-z0-9]+/g) ?? [];
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Z]/.test(joined) ? joined : `Model${joined}`;
}

/** One identifier per name, in order: names that collide (`a-b`, `a_b`, also by case only) get 2, 3, … behind them. */
export function uniqueIdentifiers(names: readonly string[]): string[] {
  const taken = new Set(RESERVED.map((word) => word.toLowerCase()));
  return names.map((name) => {
    const base = toPascalCase(name);
    let candidate = base;
    for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) candidate = `${base}_${count}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}

/** By code unit, as `sort` does, but for the names of things: the same on every machine and locale. */
export function sortByName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}
