import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnChild } from './spawn-child.ts';

const waitsForItsScore = `
  import { readFileSync } from 'node:fs';
  setInterval(() => readFileSync('/proc/self/oom_score_adj', 'utf8').trim() === '500' && process.exit(7), 5);
`;

/** Most of what it makes survives a while, which lets a nursery grow; ends with its MB. */
const fillsItsNursery = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const kept = [];
  for (let index = 0; index < 3_000_000; index += 1) kept[index % 300_000] = { index, its: [index] };
  process.exit(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size >> 20);
`;

describe('spawnChild', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'spawn-child-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it.runIf(process.platform === 'linux')('is what the system ends first where memory runs out', async () => {
    const entry = join(folder, 'entry.mjs');
    await writeFile(entry, waitsForItsScore);

    const child = spawnChild({ engineEntry: entry, execArgv: [] }, folder);

    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('leaves the core to the front where both want it', async () => {
    const entry = join(folder, 'waits.mjs');
    await writeFile(entry, 'setInterval(() => undefined, 1000);');

    const child = spawnChild({ engineEntry: entry, execArgv: [] }, folder);
    const priority = getPriority(child.pid);
    child.kill();
    await once(child, 'exit');

    expect(priority).toBe(Math.min(19, getPriority() + 5));
  });

  it('keeps its nursery small', async () => {
    const entry = join(folder, 'fills.mjs');
    await writeFile(entry, fillsItsNursery);

    const [sizeMb] = (await once(spawnChild({ engineEntry: entry, execArgv: [] }, folder), 'exit')) as [number];

    expect(sizeMb).toBeGreaterThan(0);
    expect(sizeMb).toBeLessThanOrEqual(24);
  });
});
