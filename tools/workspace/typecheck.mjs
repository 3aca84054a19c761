/**
 * Checks the types of every project that has the target `typecheck`, in one process: what `nx run-many -t typecheck` says, where each
 * tsc reads the same declarations and compiles itself anew. The projects must be built. Usage: typecheck.mjs
 */
import { join } from 'node:path';
import { createProjectGraphAsync } from '@nx/devkit';
import ts from 'typescript';
import { root } from './setup.mjs';

/** The one command of the targets, some of which are two. */
const COMMAND = 'tsc --noEmit --customConditions built -p ';
const OPTIONS = { noEmit: true, customConditions: ['built'] };

const { nodes } = await createProjectGraphAsync({ exitOnError: true });
const commands = Object.values(nodes).flatMap(
  ({ data }) => data.targets.typecheck?.options.command.split(' && ') ?? [],
);
const others = commands.filter((command) => !command.startsWith(COMMAND));
if (commands.length === 0) fail('No project has the target typecheck.');
if (others.length > 0) fail(`Checked by another command than ${COMMAND}: ${others.join(', ')}.`);

const declarations = new Map();
const diagnostics = commands.flatMap((command) => check(join(root, command.slice(COMMAND.length))));
const format = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
process.stdout.write(ts.formatDiagnostics(diagnostics, format));
if (diagnostics.length > 0) process.exit(1);
console.log(`typecheck: ${commands.length} configurations, no problem`);

/** What tsc reports for a configuration, which it names where it cannot be read. */
function check(configuration) {
  const unreadable = [];
  const configHost = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (diagnostic) => unreadable.push(diagnostic) };
  const parsed = ts.getParsedCommandLineOfConfigFile(configuration, OPTIONS, configHost);
  if (parsed === undefined) return unreadable;
  const { options, fileNames: rootNames, errors, projectReferences } = parsed;
  const program = ts.createProgram({
    rootNames,
    options,
    projectReferences,
    host: sharingHost(options),
    configFileParsingDiagnostics: errors,
  });
  return ts.getPreEmitDiagnostics(program);
}

/** Declarations are read once for all configurations that would read them alike. */
function sharingHost(options) {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile(file, how, ...rest) {
      if (!/\.d\.[cm]?ts$/.test(file)) return host.getSourceFile(file, how, ...rest);
      const { languageVersion, impliedNodeFormat, jsDocParsingMode } = how;
      const { moduleDetection, strict, isolatedModules, jsx } = options;
      const settings = [
        languageVersion,
        impliedNodeFormat,
        jsDocParsingMode,
        moduleDetection,
        strict,
        isolatedModules,
        jsx,
      ];
      const key = `${settings.join()} ${file}`;
      if (!declarations.has(key)) declarations.set(key, host.getSourceFile(file, how, ...rest));
      return declarations.get(key);
    },
  };
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
