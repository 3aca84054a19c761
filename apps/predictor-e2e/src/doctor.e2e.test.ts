import { once } from 'node:events';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { enginePids, workspaceRoot } from './testing/predictor-process.ts';
import { runCommand, startCommand } from './testing/run-command.ts';
import { temporaryFiles } from './testing/temporary-files.ts';

interface Report {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly code?: string }[];
  readonly trial?: { readonly startMs: number; readonly goldenCases: number; readonly curve: readonly unknown[] };
}

async function doctor(path: string): Promise<{ code: number | string; report: Report }> {
  const { code, stdout } = await runCommand(['doctor', path, '--json']);
  return { code, report: JSON.parse(stdout) as Report };
}

/** A sound package to be spoilt. */
async function birdsFiles(): Promise<Record<string, Buffer>> {
  const names = ['model.onnx', 'golden.jsonl', 'README.md', 'model.yaml'];
  const folder = join(workspaceRoot, 'examples/birds');
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)),
  );
}

const runtimeFixtures = 'libs/model-runtime/fixtures';

describe('doctor', () => {
  it.each([
    ['models/penguins', 90],
    ['models/digits', 99],
  ])('gives %s a clean bill, ends with 0, and says what the run showed', async (path, goldenCases) => {
    const { code, report } = await doctor(path);
    expect(code).toBe(0);
    expect(report).toMatchObject({ findings: [], trial: { goldenCases, startMs: expect.any(Number) } });
    expect(report.trial?.curve.length).toBeGreaterThan(0);
  });

  it('tells a person what, why and the line that mends it; warnings end with 6', async () => {
    const { code, stdout } = await runCommand(['doctor', 'libs/model-package/fixtures/torch-batch-2.onnx']);
    expect(code).toBe(6);
    expect(stdout).toMatch(
      /torch-batch-2\.onnx: 2 warnings\n\nwarning {2}torch-batch-2\.onnx input "features" {2}\(fixed-batch\)\n/,
    );
    expect(stdout).toMatch(/ {2}Why: .+\n {2}Do: {2}.+\n {7}torch\.onnx\.export\(.*dynamic_shapes/);
    expect(stdout).toMatch(/It was run in a process of its own: proven in \d+ ms/);
  });

  it('finds golden cases that fail, and ends with 3', async () => {
    const files = await birdsFiles();
    const manifest = files['model.yaml']!.toString().replace(
      'labels: [crow, finch, owl]',
      'labels: [finch, crow, owl]',
    );
    await using swapped = await temporaryFiles({ ...files, 'model.yaml': manifest });
    const { code, report } = await doctor(swapped.path('.'));
    expect(code).toBe(3);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ rule: 'golden-case-fails', severity: 'error', where: 'golden.jsonl' }),
    );
  });

  it('tells once that golden cases are no rows of the signature, and runs the model all the same', async () => {
    const files = await birdsFiles();
    const manifest = files['model.yaml']!.toString().replace(/^ {2}golden\.jsonl: .*\n/m, '');
    const golden = files['golden.jsonl']!.toString().replaceAll(/"tail_cm": [^,]+, /g, '');
    await using cut = await temporaryFiles({ ...files, 'model.yaml': manifest, 'golden.jsonl': golden });
    const { code, report } = await doctor(cut.path('.'));
    expect(code).toBe(3);
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([
      expect.objectContaining({ rule: 'golden-case-misfit', where: 'golden.jsonl' }),
    ]);
    expect(report.trial).toMatchObject({ goldenCases: 0, startMs: expect.any(Number) });
  });

  it('finds a model that mixes the rows of a batch', async () => {
    const { code, report } = await doctor(join(runtimeFixtures, 'mixing.onnx'));
    expect(code).toBe(3);
    expect(report.findings[0]).toMatchObject({
      rule: 'rows-mix',
      severity: 'error',
      code: expect.stringContaining('model.eval()'),
    });
  });

  it('outlives an engine that ends in the middle, and tells it', async () => {
    const child = startCommand(['doctor', 'models/digits', '--json']);
    const stdout = child.stdout?.toArray();
    const ended = once(child, 'close');
    let engines: number[] = [];
    while (engines.length === 0 && child.exitCode === null) engines = await enginePids(child);
    for (const pid of engines) process.kill(pid, 'SIGKILL');
    expect(await ended).toEqual([3, null]);
    const report = JSON.parse(Buffer.concat((await stdout) as Buffer[]).toString()) as Report;
    expect(report.findings).toMatchObject([{ rule: 'does-not-run', severity: 'error' }]);
  });

  it('tells a path that is not there', async () => {
    const { code, report } = await doctor('nowhere.onnx');
    expect([code, report.findings[0]?.severity]).toEqual([3, 'error']);
  });
});
