/**
 * Builds apps/playground into a folder as the server sends it: every file that can be compressed also so, and `files.json`, the
 * list of all that is served. Usage: build-playground.mjs FOLDER
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { root } from './setup.mjs';

/** By extension: the media type, and whether compression gains anything. */
const TYPES = {
  '.css': ['text/css; charset=utf-8', true],
  '.html': ['text/html; charset=utf-8', true],
  '.ico': ['image/x-icon', true],
  '.js': ['text/javascript; charset=utf-8', true],
  '.json': ['application/json', true],
  '.png': ['image/png', false],
  '.svg': ['image/svg+xml', true],
  '.txt': ['text/plain; charset=utf-8', true],
  '.webmanifest': ['application/manifest+json', true],
  '.webp': ['image/webp', false],
  '.woff2': ['font/woff2', false],
};
/** As Vite names what may be kept for ever: another content, another name. */
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;

/** Builds the page into `folder` and returns Vite's output, which says what is in it. What lay there is there until all is built. */
export async function buildPlayground(folder) {
  const next = `${folder}.next`;
  const { output } = await build({
    root: join(root, 'apps/playground'),
    logLevel: 'warn',
    mode: 'production',
    build: { outDir: next, emptyOutDir: true, sourcemap: false },
  });
  const files = globSync('**/*', { cwd: next })
    .filter((name) => statSync(join(next, name)).isFile())
    .map((name) => prepare(next, name.split(sep).join('/')))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
  writeFileSync(join(next, 'files.json'), `${JSON.stringify(files, null, 1)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(next, folder);
  return output;
}

/** Writes the compressed forms of a file beside it; returns its entry of the list. */
function prepare(folder, name) {
  const [type, isCompressible] = TYPES[extname(name)] ?? [];
  if (type === undefined) throw new Error(`The page has ${name}: say its media type in ${import.meta.filename}.`);
  const isHashed = HASHED.test(name);
  if (name.startsWith('assets/') && !isHashed) throw new Error(`The page has ${name}, whose name has no hash.`);
  const content = readFileSync(join(folder, name));
  const sizesBytes = { identity: content.length };
  for (const [encoding, compress] of Object.entries(isCompressible ? COMPRESSIONS : {})) {
    const compressed = compress(content);
    if (compressed.length >= content.length) continue;
    writeFileSync(join(folder, `${name}.${encoding}`), compressed);
    sizesBytes[encoding] = compressed.length;
  }
  const digest = createHash('sha256').update(content).digest('base64url').slice(0, 22);
  return { path: name === 'index.html' ? '/' : `/${name}`, file: name, type, digest, isHashed, sizesBytes };
}

const COMPRESSIONS = {
  br: (content) =>
    brotliCompressSync(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  gzip: (content) => gzipSync(content, { level: constants.Z_BEST_COMPRESSION }),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPlayground(resolve(process.argv[2]));
