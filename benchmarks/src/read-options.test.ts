import { describe, expect, it } from 'vitest';
import { parseOptions } from './read-options.ts';

describe('parseOptions', () => {
  it('measures everything by default, in the short form', () => {
    const { workloads, contenders, plan, suffix } = parseOptions([]);
    expect([workloads.length, contenders.length, plan.name, suffix]).toEqual([8, 11, 'short', '']);
  });

  it('takes names of workloads and contenders, and marks the report as a part', () => {
    const { workloads, contenders, suffix } = parseOptions([
      '--workloads',
      'cnn-jpeg',
      '--contenders',
      'rust,fastapi-loop',
    ]);
    expect(workloads.map(({ name }) => name)).toEqual(['cnn-jpeg']);
    expect(contenders.map(({ name }) => name)).toEqual(['rust', 'fastapi-loop']);
    expect(suffix).toBe('-part');
  });

  it('refuses what it does not know', () => {
    expect(() => parseOptions(['--contenders', 'rust,triton'])).toThrow('No contender is called "triton".');
    expect(() => parseOptions(['--rounds', 'many'])).toThrow('--rounds: expected a whole number, got "many".');
  });
});
