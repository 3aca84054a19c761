/** Counts checks; `say` gets a line for each, and for what could not be tried. */
export function countedChecks(say = console.log) {
  const counts = { passed: 0, failed: 0 };
  return {
    counts,
    check(what, holds, detail = '') {
      counts[holds ? 'passed' : 'failed'] += 1;
      say(`  ${holds ? 'ok    ' : 'FAILED'} ${what}${detail === '' ? '' : ` (${detail})`}`);
    },
    /** What cannot go on has failed. */
    giveUp(error) {
      counts.failed += 1;
      say(`  FAILED ${error.message}`);
    },
    /** Prints the totals; resolves to the exit code. Nothing passed is a failure too. */
    conclude(name) {
      say(`${name}: ${counts.passed} passed, ${counts.failed} failed`);
      return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
    },
  };
}
