/**
 * Where the process starts: refuses a Node that cannot read the rest, with the reason. Newer syntax would else end it with a
 * SyntaxError; so nothing else may be imported here before the check.
 */
const MINIMUM_NODE_MAJOR = 24;
const EXIT_USAGE = 2;

if (Number(process.versions.node.split('.')[0]) >= MINIMUM_NODE_MAJOR) {
  // Compiled code of the last start, for this process and its engines. It lies in the bundle and goes with it at the next build; where
  // the bundle may not be written, as in the image, there is none.
  const kept = process.env['NODE_COMPILE_CACHE'] || `${import.meta.dirname}/.compile-cache`;
  process.env['NODE_COMPILE_CACHE'] = kept;
  process.getBuiltinModule('node:module').enableCompileCache(kept);
  await import('./cli.ts');
} else {
  process.stderr.write(
    `The predictor needs Node ${MINIMUM_NODE_MAJOR} or later; this is ${process.version}. Use an image or a machine with Node ${MINIMUM_NODE_MAJOR}.\n`,
  );
  process.exitCode = EXIT_USAGE;
}
