/** Where a COPY of the Dockerfile leads, and what its layer is called here; a lib's is called as the lib. */
const DESTINATIONS = {
  node_modules: 'node_modules',
  dist: 'vendor',
  '/models': 'models',
  '/': 'cache',
  '.': 'package.json',
};

/** The layers of an exported image, each with a name: `base` for all that the runtime image brings. */
export function namedLayers({ config, layers }) {
  const steps = config.history.filter(({ empty_layer: isEmpty }) => isEmpty !== true);
  if (steps.length !== layers.length) throw new Error(`${steps.length} steps of the history, ${layers.length} layers`);
  return layers.map((layer, index) => ({
    ...layer,
    name: nameOf(steps[index].created_by, index === layers.length - 1),
  }));
}

function nameOf(step, isLast) {
  const [, destination] = /COPY .* in (\S+)\s*$/.exec(step) ?? [];
  if (destination === undefined) return 'base';
  // The app's own files lie over the vendor's, in the same folder.
  if (destination === 'dist' && isLast) return 'app';
  return DESTINATIONS[destination] ?? destination.replace(/^dist\/(libs\/)?/, '');
}

/** What a registry that has `before` gets of `after`: names of its layers, in order, and their compressed bytes. */
export function shippedLayers(before, after) {
  const known = new Set(before.layers.map(({ digest }) => digest));
  const shipped = namedLayers(after).filter(({ digest }) => !known.has(digest));
  return {
    names: shipped.map(({ name }) => name),
    sizeBytes: shipped.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}
