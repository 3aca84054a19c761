import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EngineChild } from './engine-child.ts';
import { encodeFrame } from './frame.ts';

const answer = Buffer.concat(
  encodeFrame({ type: 'result', result: { outcomes: [{ outputs: { y: 1 } }], timing: {} } }),
);
/** Answers when it has read the first bytes of a request. */
const answersEarly = `
  import { readSync, writeSync } from 'node:fs';
  readSync(3, Buffer.alloc(1));
  writeSync(3, Buffer.from('${answer.toString('base64')}', 'base64'));
  setInterval(() => undefined, 1000);
`;

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'engine-child-'))));
afterAll(() => rm(folder, { recursive: true }));

const startEarly = async (): Promise<EngineChild> => {
  const engineEntry = join(folder, 'entry.mjs');
  await writeFile(engineEntry, answersEarly);
  return EngineChild.start({ engineEntry, execArgv: [] });
};

it('ends a process that answers before it has read its request, whose memory is used again from then on', async () => {
  const child = await startEarly();

  const running = child.predict([{ bytes: new Uint8Array(10_000_000) }]);

  await expect(running).rejects.toMatchObject({ code: 'ENGINE_CRASHED' });
  expect(await child.ended).toMatchObject({ reason: 'signal SIGKILL' });
});

it('takes the answer to what the system has taken over', async () => {
  const child = await startEarly();

  expect((await child.predict([{ x: 1 }])).outcomes).toEqual([{ outputs: { y: 1 } }]);
  child.kill();
  await child.ended;
});
