import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareOutput, openPackage, readGoldenSet, readManifest, type Manifest } from '@web-single/model-package';
import { expect, it } from 'vitest';
import { call, predict } from './call.ts';

/** What must hold of every package in models/, served by the server at `url()`. */
export function servedPackageSuite(folder: string, url: () => string): void {
  it('opens with nothing assumed and every file sealed', async () => {
    await expect(openPackage(folder, { strict: true })).resolves.toMatchObject({ folder });
  });

  it('is described as its manifest says', async () => {
    const { name, version, task, signature } = await manifestOf(folder);

    const { json } = await call(`${url()}/v1/models/${name}`);

    expect(json).toMatchObject({ name, version: String(version), task, assumptions: [] });
    expect(json.signature.input).toEqual(signature?.input);
    expect(json.signature.output).toEqual(signature?.output);
  });

  it('answers its golden cases as they were recorded', async () => {
    const { name, golden: file } = await manifestOf(folder);
    const golden = await readGoldenSet(folder, file ?? '');

    const differences = [];
    for (const { input, output } of golden.cases) {
      const { status, json } = await predict(url(), name ?? '', [asJson(input)]);
      expect(status).toBe(200);
      differences.push(...compareOutput(output, json.predictions[0], golden.tolerance));
    }

    expect(golden.cases.length).toBeGreaterThan(0);
    expect(differences).toEqual([]);
  });
}

async function manifestOf(folder: string): Promise<Manifest> {
  const read = readManifest(await readFile(join(folder, 'model.yaml'), 'utf8'));
  if ('manifest' in read) return read.manifest;
  throw new Error(JSON.stringify(read.problems));
}

/** Files as the JSON body carries them. */
function asJson(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
  ]);
  return Object.fromEntries(entries);
}
