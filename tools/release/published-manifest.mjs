const SOURCE_CONDITION = '@web-single/source';
const OF_THE_WORKSPACE = ['nx', 'devDependencies', 'scripts', 'private'];

/**
 * The package.json that is published: without what only the workspace reads, with access and, in a workflow, the repository
 * that provenance is checked against. `needed` names the packages it imports, where the others are bundled.
 */
export function publishedManifest(manifest, { folder, needed, environment }) {
  const kept = Object.fromEntries(Object.entries(manifest).filter(([key]) => !OF_THE_WORKSPACE.includes(key)));
  return {
    ...kept,
    ...(Array.isArray(kept.sideEffects) ? { sideEffects: kept.sideEffects.filter((path) => !isSource(path)) } : {}),
    ...(kept.exports === undefined ? {} : { exports: withoutSource(kept.exports) }),
    ...(kept.dependencies === undefined ? {} : { dependencies: only(kept.dependencies, needed) }),
    ...repository(folder, environment),
    publishConfig: { access: 'public' },
  };
}

const isSource = (path) => path.startsWith('./src/');

/** Consumers have no sources: that condition is the workspace's own. */
function withoutSource(exports) {
  return Object.fromEntries(
    Object.entries(exports).map(([path, target]) => {
      if (typeof target === 'string') return [path, target];
      const { [SOURCE_CONDITION]: _, ...rest } = target;
      return [path, rest];
    }),
  );
}

function only(dependencies, needed) {
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => needed?.has(name) ?? true));
}

/** A registry takes provenance only where this is the repository whose workflow publishes. */
function repository(directory, { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name }) {
  if (server === undefined || name === undefined) return {};
  return { repository: { type: 'git', url: `git+${server}/${name}.git`, directory } };
}
