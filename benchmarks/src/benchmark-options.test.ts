import { describe, expect, it } from 'vitest';
import { benchmarkOptions, planOf, type BenchmarkPlan } from './benchmark-options.ts';
import { parseCommandLine } from './command-line/parse-command-line.ts';

const planFor = (...words: string[]): BenchmarkPlan => {
  const parsed = parseCommandLine(benchmarkOptions, words);
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'));
  return planOf(parsed.values);
};

describe('planOf', () => {
  it('measures everything by default, in the short form', () => {
    const { workloads, contenders, plan, starts, suffix } = planFor();
    expect([workloads.length, contenders.length, plan.name, starts, suffix]).toEqual([8, 11, 'short', 3, '']);
  });

  it('takes names of workloads and contenders, and marks the report as a part', () => {
    const { workloads, contenders, starts, suffix } = planFor(
      '--workloads',
      'cnn-jpeg',
      '--contenders',
      'rust,fastapi-loop',
    );
    expect(workloads.map(({ name }) => name)).toEqual(['cnn-jpeg']);
    expect(contenders.map(({ name }) => name)).toEqual(['rust', 'fastapi-loop']);
    expect([starts, suffix]).toEqual([0, '-part']);
  });

  it('takes other lengths for the form that is chosen', () => {
    expect(planFor('--long', '--rounds', '9', '--block-ms', '600').plan).toMatchObject({
      name: 'long',
      rounds: 9,
      blockMs: 600,
    });
  });
});
