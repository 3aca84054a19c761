/** Objects whose keys are anybody's: labels, resources, options. */
const FREE =
  /^(labels|matchLabels|podLabels|annotations|data|nodeSelector|limits|requests|options)$|\/spec\/selector$|\/http\/metadata$/;

/** Copies of a document with one key misspelt each, for every key that has a meaning: [{ path, document }]. */
export function misspellings(document) {
  return keyPaths(document, []).map((path) => {
    const copy = structuredClone(document);
    const parent = path.slice(0, -1).reduce((value, key) => value[key], copy);
    const key = path.at(-1);
    parent[`${key}x`] = parent[key];
    delete parent[key];
    return { path: path.join('/'), document: copy };
  });
}

function keyPaths(value, path) {
  if (typeof value !== 'object' || value === null) return [];
  const isFree = FREE.test(String(path.at(-1))) || FREE.test(`/${path.join('/')}`);
  // matchLabels lie in selectors; a Service's selector is itself a map of labels.
  const free = isFree && (path.at(-1) !== 'selector' || Object.values(value).every((part) => typeof part === 'string'));
  return Object.entries(value).flatMap(([key, part]) => {
    const own = Array.isArray(value) || free ? [] : [[...path, key]];
    return [...own, ...keyPaths(part, [...path, Array.isArray(value) ? Number(key) : key])];
  });
}
