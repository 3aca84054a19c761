/**
 * Where the process starts: refuses a Node that cannot read the rest, with the reason. Newer syntax would else end it with a
 * SyntaxError; so nothing else may be imported here before the check.
 */
const MINIMUM_NODE_MAJOR = 24;
const EXIT_USAGE = 2;

if (Number(process.versions.node.split('.')[0]) >= MINIMUM_NODE_MAJOR) {
  // V8 counts the buffers of large bodies as its old generation, whose limit it keeps near what is alive: eight callers with
  // tensors of 600 kB had it mark the whole heap at every sixth request, 7 of the front's 10 ms for each.
  process.getBuiltinModule('node:v8').setFlagsFromString('--heap-growing-percent=200');
  await import('./cli.ts');
} else {
  process.stderr.write(
    `The predictor needs Node ${MINIMUM_NODE_MAJOR} or later; this is ${process.version}. Use an image or a machine with Node ${MINIMUM_NODE_MAJOR}.\n`,
  );
  process.exitCode = EXIT_USAGE;
}
