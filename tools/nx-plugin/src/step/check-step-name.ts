import type { Tree } from '@nx/devkit';
import type { Problem } from '../problems-error.ts';
import { stepNames } from './step-names.ts';
import { registryFile, stepsFolder } from './step-places.ts';

const longest = 40;
const reserved = new Set(
  `await break case catch class const continue debugger default delete do else enum export extends false finally for
  function if implements import in instanceof interface let new null package private protected public return static
  super switch this throw true try typeof undefined var void while with yield arguments eval`.split(/\s+/),
);

/** Why a step cannot have this name. `source` is its own: what that imports is taken. */
export function checkStepName(tree: Tree, name: string, source: string): Problem[] {
  const problem = (message: string): Problem => ({ where: 'NAME', message });
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > longest) {
    return [
      problem(`Expected kebab-case of at most ${longest} characters, as "log-scale", got ${JSON.stringify(name)}.`),
    ];
  }
  const { identifier } = stepNames(name);
  const folder = tree.children(stepsFolder).find((kind) => tree.exists(`${stepsFolder}/${kind}/${name}.ts`));
  if (folder !== undefined)
    return [problem(`There is ${stepsFolder}/${folder}/${name}.ts already. Choose another name, or change that one.`)];
  if (reserved.has(identifier)) return [problem(`"${identifier}" is a word of the language. Choose another name.`)];
  const registry = tree.read(registryFile, 'utf8') ?? '';
  if ([...importsOf(source), ...importsOf(registry), ...exportsOf(registry)].includes(identifier))
    return [problem(`"${identifier}" is used in the code of the step or of the registry. Choose another name.`)];
  return [];
}

function importsOf(source: string): string[] {
  const lists = [...source.matchAll(/^import (?:type )?\{([^}]*)\}/gm)].map(([, names]) => names!);
  return lists.flatMap((names) => names.split(',').map((name) => name.trim()));
}

function exportsOf(source: string): string[] {
  return [...source.matchAll(/^export (?:const|function|type) (\w+)/gm)].map(([, name]) => name!);
}
