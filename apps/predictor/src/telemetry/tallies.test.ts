import fc from 'fast-check';
import { Counter, Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { TallyCounter } from './tally-counter.ts';
import { TallyHistogram } from './tally-histogram.ts';

const model = fc.constantFrom('penguins', 'di"gits\n');
const options = { name: 'seen', help: 'What was seen.', labelNames: ['model'] };
const buckets = [0.001, 0.01, 1];

describe('tallies', () => {
  it('count as the counter of the library, whatever is added and whenever it is read', async () => {
    const counted = fc.array(fc.tuple(model, fc.nat(100)), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(counted, async (events) => {
        const [ours, theirs] = [new Registry(), new Registry()];
        const tally = new TallyCounter({ ...options, registry: ours });
        const counter = new Counter({ ...options, registers: [theirs] });
        const series = new Map<string, ReturnType<TallyCounter['series']>>();
        for (const [name, count] of events) {
          if (!series.has(name)) series.set(name, tally.series({ model: name }));
          series.get(name)!.add(count);
          counter.inc({ model: name }, count);
          await ours.metrics();
        }
        expect(await ours.metrics()).toBe(await theirs.metrics());
      }),
    );
  });

  it('observe as the histogram of the library, bounds included', async () => {
    const value = fc.oneof(fc.constantFrom(0, ...buckets), fc.double({ min: 0, max: 5, noNaN: true }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(model, value), { minLength: 1 }), async (events) => {
        const [ours, theirs] = [new Registry(), new Registry()];
        const tally = new TallyHistogram({ ...options, buckets, registry: ours });
        const histogram = new Histogram({ ...options, buckets, registers: [theirs] });
        const series = new Map<string, ReturnType<TallyHistogram['series']>>();
        for (const [name, seen] of events) {
          if (!series.has(name)) series.set(name, tally.series({ model: name }));
          series.get(name)!.observe(seen);
          histogram.observe({ model: name }, seen);
        }
        // In any order of labels, which mean the same.
        const lines = async (registry: Registry) => (await registry.metrics()).replace(/\{.*\}/g, sortLabels);
        expect(await lines(ours)).toBe(await lines(theirs));
      }),
    );
  });
});

function sortLabels(labels: string): string {
  return `{${labels.slice(1, -1).split(',').sort().join(',')}}`;
}
