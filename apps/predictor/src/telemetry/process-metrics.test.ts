import { closeSync, openSync } from 'node:fs';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { collectProcessMetrics } from './process-metrics.ts';

async function openDescriptors(registry: Registry): Promise<number> {
  const { values } = (await registry.getSingleMetric('process_open_fds')?.get()) ?? { values: [] };
  return values[0]?.value ?? NaN;
}

describe('collectProcessMetrics', () => {
  it('tells how many descriptors are open', async () => {
    const registry = new Registry();
    collectProcessMetrics(registry);
    const before = await openDescriptors(registry);

    const opened = Array.from({ length: 100 }, () => openSync('/dev/null', 'r'));
    const during = await openDescriptors(registry);
    opened.forEach(closeSync);

    expect(before).toBeGreaterThan(2);
    expect(during).toBe(before + 100);
  });

  it('has what the library tells of the process and of Node, but no list of what is open', async () => {
    const registry = new Registry();
    collectProcessMetrics(registry);
    const text = await registry.metrics();

    expect(text).toContain('process_resident_memory_bytes');
    expect(text).toContain('nodejs_gc_duration_seconds');
    expect(text).not.toMatch(/nodejs_active_|nodejs_eventloop_lag_[a-z]+[0-9]*_seconds/);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });
});
