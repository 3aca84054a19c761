import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runPredictor, workspaceRoot } from './testing/predictor-process.ts';

const INVALID_MODEL = 3;
const USAGE = 2;
const folders: string[] = [];

/** A copy of penguins with one thing changed. */
async function changedModel(change: (folder: string) => Promise<void>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'web-single-pair-'));
  folders.push(folder);
  await cp(join(workspaceRoot, 'models/penguins'), folder, { recursive: true });
  await change(folder);
  return folder;
}

function changedManifest(from: RegExp, to: string): Promise<string> {
  return changedModel(async (folder) => {
    const file = join(folder, 'model.yaml');
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(from);
    await writeFile(file, text.replace(from, to));
  });
}

/** A bare ONNX file with fields after its own: of one that comes twice, the last counts. */
function bareFile(...fields: number[]): Promise<string> {
  return changedModel(async (folder) => {
    await cp(join(workspaceRoot, 'libs/model-package/fixtures/identity.onnx'), join(folder, 'newer.onnx'));
    await appendFile(join(folder, 'newer.onnx'), Uint8Array.from(fields));
  }).then((folder) => join(folder, 'newer.onnx'));
}

const irVersion = (version: number): number[] => [0x08, version];
const opset = (version: number): number[] => [0x42, 0x02, 0x10, version];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

describe('a pair that does not fit is refused at load, with the reason', () => {
  it('a model that requires a newer preprocessing', async () => {
    const model = await changedManifest(/requires: .*/, 'requires: { preprocessing: ^9.0.0 }');
    const { code, stderr } = await runPredictor(['serve', model, '--port', '0']);
    expect(stderr).toMatch(
      /model\.yaml \/requires\/preprocessing: The model requires preprocessing \^9\.0\.0, this server has \d+\.\d+\.\d+\. Upgrade the server or use a version of the model made for/,
    );
    expect(code).toBe(INVALID_MODEL);
  });

  it('a model with a step that this preprocessing does not know', async () => {
    const model = await changedManifest(/step: fill-missing/, 'step: fill-with-median');
    const { code, stderr } = await runPredictor(['serve', model, '--port', '0']);
    expect(stderr).toMatch(/model\.yaml \/before\/0.*fill-with-median/);
    expect(stderr).toContain('fill-missing');
    expect(code).toBe(INVALID_MODEL);
  });

  it('a model of a newer opset than the runtime takes', async () => {
    const { code, stderr } = await runPredictor(['serve', await bareFile(...opset(99)), '--port', '0']);
    expect(stderr).toMatch(
      /uses opset 99; this runtime supports up to \d+\. Re-export with opset \d+ or upgrade the server\./,
    );
    expect(code).toBe(INVALID_MODEL);
  });

  it('a model of a newer IR version than the runtime takes', async () => {
    const { code, stderr } = await runPredictor(['serve', await bareFile(...irVersion(99)), '--port', '0']);
    expect(stderr).toMatch(/uses IR version 99; this runtime supports up to \d+\. .*or upgrade the server\./);
    expect(code).toBe(INVALID_MODEL);
  });

  it('a Node older than the bundle needs', async () => {
    const older = `data:text/javascript,${encodeURIComponent(
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.18.0' } }); Object.defineProperty(process, 'version', { value: 'v22.18.0' });",
    )}`;
    const { code, stderr } = await runPredictor(['serve'], { NODE_OPTIONS: `--import=${older}` });
    expect(stderr).toContain('The predictor needs Node 24 or later; this is v22.18.0.');
    expect(code).toBe(USAGE);
  });

  it('before anything is read that an older Node cannot parse', async () => {
    const entry = await readFile(join(workspaceRoot, 'apps/predictor/dist/cli.js'), 'utf8');
    expect(entry).toContain('await import(');
    expect(entry).not.toMatch(/^\s*(import|export .* from)\s*["'{*\w]/m);
  });
});
