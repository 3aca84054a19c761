import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnChild } from './spawn-child.ts';

const waitsForItsScore = `
  import { readFileSync } from 'node:fs';
  setInterval(() => readFileSync('/proc/self/oom_score_adj', 'utf8').trim() === '500' && process.exit(7), 5);
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
});
