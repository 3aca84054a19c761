/**
 * Writes what is published of one project into tmp/packages/PROJECT; `nx release publish` publishes that folder.
 * Usage: package.mjs PROJECT; the project must be built.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesIn } from './files-in.mjs';
import { importedPackages } from './imported-packages.mjs';
import { publishedManifest } from './published-manifest.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** The one project that is bundled: what the bundle holds is no dependency, and its notices go with it. */
const BUNDLED = 'predictor';
const SOURCE_MAP_COMMENT = /\n\/\/# sourceMappingURL=\S+\s*$/;

const [project] = process.argv.slice(2);
const source = [`libs/${project}`, `apps/${project}`].map((path) => join(root, path)).find(existsSync);
if (project === undefined || source === undefined)
  fail(`Usage: package.mjs PROJECT; there is no project "${project}".`);
if (!existsSync(join(source, 'dist'))) fail(`${project} is not built: npx nx build ${project}`);

const manifest = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const target = join(root, 'tmp/packages', project);
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const entry of manifest.files.filter((name) => !name.startsWith('!') && existsSync(join(source, name))))
  copyPublished(join(source, entry), join(target, entry));
const notices = ['LICENSE', 'NOTICE', ...(project === BUNDLED ? ['THIRD_PARTY_NOTICES.md'] : [])];
for (const file of notices) cpSync(join(root, file), join(target, file));
const isOfPage = (path) => path.startsWith(join(target, 'dist/playground'));
const needed = project === BUNDLED ? importedPackages(join(target, 'dist'), (path) => !isOfPage(path)) : undefined;
const published = publishedManifest(manifest, {
  folder: source.slice(root.length + 1),
  needed,
  environment: process.env,
});
writeFileSync(
  join(target, 'package.json'),
  `${JSON.stringify({ ...published, files: [...published.files, ...notices] }, null, 2)}\n`,
);
console.log(`${published.name} ${published.version}: ${target.slice(root.length + 1)}`);

/** Without source maps, which would name sources that are not there, and what only a build needs. */
function copyPublished(from, to) {
  const isPublished = (path) => !/\.(map|tsbuildinfo)$/.test(path) && !/^\.(stamp|compile-cache)$/.test(basename(path));
  cpSync(from, to, { recursive: true, filter: isPublished });
  for (const file of filesIn(to).filter((path) => /\.(js|d\.ts)$/.test(path))) {
    const text = readFileSync(file, 'utf8');
    if (SOURCE_MAP_COMMENT.test(text)) writeFileSync(file, text.replace(SOURCE_MAP_COMMENT, '\n'));
  }
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
