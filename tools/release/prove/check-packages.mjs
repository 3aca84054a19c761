import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../image/prove/commands.mjs';
import { filesIn } from '../files-in.mjs';
import { importedPackages } from '../imported-packages.mjs';
import { releasedProjects } from '../released-projects.mjs';

const inspect = join(dirname(fileURLToPath(import.meta.url)), 'inspect.mjs');

/** What the registry got of each project, unpacked, and what two public inspectors say of it. */
export async function checkPackages({ clone, sandbox, tools, registry, check, environment }) {
  const packages = releasedProjects(clone).map(({ manifest: { name, version } }) => ({
    name,
    tarball: registry.tarball(name, version),
    folder: join(sandbox, 'unpacked', name),
  }));
  const tarballs = packages.map(({ tarball }) => tarball);
  const inspected = JSON.parse(await run(process.execPath, [inspect, tools, ...tarballs], { env: environment }));
  for (const { name, tarball, folder } of packages) {
    mkdirSync(folder, { recursive: true });
    await run('tar', ['xzf', tarball, '-C', folder, '--strip-components=1']);
    const paths = filesIn(folder).map((path) => relative(folder, path));
    const problems = [...unexpectedFiles(paths), ...leaks(folder, paths), ...undeclared(folder), ...inspected[tarball]];
    check(
      `${name}: ${paths.length} files, nothing missing, nothing of the workspace`,
      problems.length === 0,
      problems.join('; '),
    );
  }
}

const NOT_PUBLISHED = /(^|\/)(src|testing|fixtures|node_modules|tmp)\/|\.(map|tsbuildinfo|test\.js)$|(?<!\.d)\.ts$/;

function unexpectedFiles(paths) {
  const missing = ['package.json', 'README.md', 'LICENSE', 'NOTICE'].filter((name) => !paths.includes(name));
  const strange = paths.filter((path) => NOT_PUBLISHED.test(path)).slice(0, 3);
  return [...missing.map((name) => `has no ${name}`), ...strange.map((path) => `ships ${path}`)];
}

/** The condition and the folders that lead to sources, ranges that mean anything, source maps. */
function leaks(folder, paths) {
  const manifest = readFileSync(join(folder, 'package.json'), 'utf8');
  const words = ['@web-single/source', 'src/', '"nx"', '"*"', 'devDependencies'].filter((word) =>
    manifest.includes(word),
  );
  const code = paths.filter((path) => /\.(js|d\.ts)$/.test(path) && !isVendor(path));
  const mapped = code.filter((path) =>
    /\n\/\/# sourceMappingURL=\S+\s*$/.test(readFileSync(join(folder, path), 'utf8')),
  );
  return [
    ...words.map((word) => `package.json names ${word}`),
    ...mapped.slice(0, 3).map((path) => `${path} names a source map`),
  ];
}

/**
 * Other people's code in the bundle tries optional packages that nobody needs to install; the page's code imports nothing, and
 * shows its readers code that does.
 */
const isVendor = (path) => /dist\/vendor\//.test(path) || isPage(path);
const isPage = (path) => /dist\/playground\//.test(path);

function undeclared(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, dependencies, peerDependencies, peerDependenciesMeta = {} } = manifest;
  const declared = Object.keys({ ...dependencies, ...peerDependencies });
  const imported = importedPackages(folder, (path) => !isVendor(path));
  const used = importedPackages(folder, (path) => !isPage(path));
  const missing = [...imported].filter((other) => other !== name && !declared.includes(other));
  // An optional peer may be there for its range alone: what is made for it without an import.
  const unused = declared.filter((other) => !used.has(other) && !peerDependenciesMeta[other]?.optional);
  return [
    ...missing.map((other) => `imports ${other}, undeclared`),
    ...unused.map((other) => `declares ${other}, unused`),
  ];
}
