import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { filesIn } from './files-in.mjs';

const STATEMENTS = /^(?:import|export)\b[^'"`;]*?\bfrom\s*["']([^"'\n]+)["']|^import\s*["']([^"'\n]+)["']/gm;
/** A native library's path names the platform, so that it is a template. */
const LIBRARIES = /\(\s*`([^`$\s:]+\/bin\/napi-[^`$\s]*)\$\{/g;
const CALLS = /\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;

/** Names of the packages that the compiled files of a folder import: neither Node's own nor the folder's own files. */
export function importedPackages(folder, isRead = () => true) {
  const names = new Set();
  for (const file of filesIn(folder).filter((path) => /\.(js|mjs|d\.ts)$/.test(path) && isRead(path))) {
    const text = withoutComments(readFileSync(file, 'utf8'));
    for (const pattern of [STATEMENTS, CALLS, LIBRARIES])
      for (const match of text.matchAll(pattern)) addPackage(names, match[1] ?? match[2]);
  }
  return names;
}

/** Examples in documentation comments import things, too. */
function withoutComments(text) {
  return text.replaceAll(/^\s*\/\*\*[\s\S]*?\*\//gm, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

function addPackage(names, specifier) {
  if (specifier.startsWith('.') || specifier.startsWith('/') || isBuiltin(specifier)) return;
  const parts = specifier.split('/');
  names.add(parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/'));
}
