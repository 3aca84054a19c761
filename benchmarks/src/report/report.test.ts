import { describe, expect, it } from 'vitest';
import type { WorkloadResult } from '../measure/measure-workload.ts';
import { anyBlock } from '../testing/any-block.ts';
import { workloads } from '../workloads/workload-table.ts';
import { svgChart } from './svg-chart.ts';
import { workloadSection } from './workload-section.ts';

/** Three rounds of blocks at these rates. */
function resultOf(
  rates: Readonly<Record<string, number>>,
  failures: readonly (readonly [string, string])[] = [],
): WorkloadResult {
  const round = new Map(Object.entries(rates).map(([name, perSecond]) => [name, anyBlock({ perSecond })]));
  return {
    workload: workloads[0]!,
    names: Object.keys(rates),
    saturation: new Map([[8, [round, round, round]]]),
    latency: undefined,
    readyMs: new Map(),
    peakMemoryBytes: new Map(),
    choices: new Map([['web-single', ['penguins: inline']]]),
    failures: new Map(failures),
  };
}

describe('workloadSection', () => {
  it('puts every contender beside ours and the limit', () => {
    const lines = workloadSection(resultOf({ 'raw-session': 400, 'web-single': 200, rust: 300 }));
    expect(lines.find((line) => line.startsWith('| rust'))).toContain(
      '| 300 (300 to 300) | 1.50 (1.50 to 1.50) | 0.75 (0.75 to 0.75) |',
    );
  });

  it('says that a control outside of 1 makes such differences noise', () => {
    const control = (again: number): string =>
      workloadSection(resultOf({ 'web-single': 200, 'web-single-again': again })).join('\n');
    expect(control(300)).toContain('outside of 1');
    expect(control(200)).toContain('holds 1');
  });

  it('tells what a server chose for itself, since two starts may choose differently', () => {
    expect(workloadSection(resultOf({ 'web-single': 200 }))).toContain('- web-single chose for penguins: inline');
  });

  it('names who failed, in one line', () => {
    const lines = workloadSection(resultOf({ 'web-single': 200 }, [['litserve', 'Expected 200,\ngot 500']]));
    expect(lines).toContain('- **litserve failed**: Expected 200, got 500');
  });
});

describe('svgChart', () => {
  it('draws bars as long as their rates', () => {
    const svg = svgChart('a < b', [resultOf({ 'web-single': 200, rust: 400 })]);
    const widths = [...svg.matchAll(/<rect x="\d+" y="\d+" width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths[1]! / widths[0]!).toBeCloseTo(2, 2);
    expect(svg).toContain('a &lt; b');
  });
});
