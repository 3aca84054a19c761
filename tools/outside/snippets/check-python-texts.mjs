import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { python } from '../../../apps/playground/src/snippets/dialects.ts';
import { printLiteral } from '../../../apps/playground/src/snippets/literal.ts';
import { anyText } from '../../../apps/playground/src/snippets/testing/any-text.ts';

/** Texts, the same each time, that Python reads as others than were meant; the other languages have such a test beside their code. */
export function checkPythonTexts(bench) {
  const texts = fc.sample(anyText, { numRuns: 500, seed: 7 });
  const program = `import json\nprint(json.dumps(${printLiteral(texts, python)}))\n`;
  const { stdout, stderr, status } = spawnSync('python', ['-'], {
    input: program,
    env: bench.environment,
    encoding: 'utf8',
  });
  if (status !== 0) return [stderr];
  const read = JSON.parse(stdout);
  return texts.flatMap((text, index) =>
    read[index] === text ? [] : [`${JSON.stringify(text)} was read as ${JSON.stringify(read[index])}`],
  );
}
