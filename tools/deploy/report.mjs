/** Counts checks and prints those that fail. */
export function createReport() {
  let passed = 0;
  let failed = 0;
  return {
    /** One check: it passes where it has no problems. */
    add(name, problems) {
      if (problems.length === 0) return void (passed += 1);
      failed += 1;
      console.error(`FAILED ${name}`);
      for (const problem of problems.slice(0, 20))
        console.error(`  - ${String(problem).trim().replaceAll('\n', '\n    ')}`);
    },
    /** A check that a fault is seen: one of the problems must match. */
    addSeen(name, problems, expected) {
      const seen = problems.some((problem) => expected.test(problem));
      this.add(
        name,
        seen ? [] : [`expected a problem that matches ${expected}, got ${JSON.stringify(problems).slice(0, 2000)}`],
      );
    },
    totals: () => ({ passed, failed }),
  };
}
