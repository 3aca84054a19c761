import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { workspaceRoot } from './testing/predictor-process.ts';
import { runCommand } from './testing/run-command.ts';
import { temporaryFiles } from './testing/temporary-files.ts';

const FIELDS = ['--field', 'island=Dream', '--field', 'bill_length_mm=50.6', '--field', 'body_mass_g=3800'];

describe('the command line', () => {
  it.each([
    [['predict'], 'Name a model'],
    [['predict', 'models/penguins'], 'Try:  predictor predict models/penguins --field island=Torgersen'],
    [['predict', 'models/penguins', '-'], 'say --format csv or --format ndjson'],
    [['predict', 'models/penguins', 'nowhere.csv'], '"nowhere.csv" cannot be read: there is no such file.'],
    [['predict', 'models/penguins', 'README.md'], 'its extension tells no format'],
    [['predict', 'models/penguins', 'models/digits/golden/1.png'], 'The model takes no picture'],
    [['predict', 'models/penguins', 'a.csv', '--field', 'island=Dream'], '--field makes a row of its own'],
    [['predict', 'nowhere.onnx', 'nowhere.csv'], '"nowhere.csv" cannot be read: there is no such file.'],
    [['predict', 'models/penguins', ...FIELDS, '--out', 'nowhere/a.csv'], 'its folder is not there'],
    [['predict', 'models/penguins', '--on-error', 'stop'], 'Allowed choices are fail, skip'],
  ])('%j ends with 2 and says what to do', async (args, text) => {
    const { code, stdout, stderr } = await runCommand(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(text);
  });

  it('help calls its arguments as its usage does', async () => {
    const { code, stdout } = await runCommand(['predict', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Arguments:\n {2}MODEL .+(\n {4,}.+)*\n {2}INPUT .+/m);
  });

  it('leaves a file as it is where nothing is answered, or where the answers would go over what is read', async () => {
    await using files = await temporaryFiles({ 'bad.csv': 'a,a\n1,1\n', 'answers.csv': 'precious' });
    const { code } = await runCommand([
      'predict',
      'models/penguins',
      files.path('bad.csv'),
      '--out',
      files.path('answers.csv'),
    ]);
    expect([code, await files.read('answers.csv')]).toEqual([2, 'precious']);
    const same = `"${process.execPath}" apps/predictor/dist/cli.js predict models/penguins - --format csv --out "$0" < "$0"`;
    const { status, stderr } = spawnSync('sh', ['-c', same, files.path('bad.csv')], {
      cwd: workspaceRoot,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([2, expect.stringContaining('is read and cannot be written, too.')]);
    expect(await files.read('bad.csv')).toBe('a,a\n1,1\n');
  });

  it.each([
    ['--out /dev/full', '"/dev/full" cannot be written: the disk is full.'],
    ['> /dev/full', 'Standard output cannot be written: the disk is full.'],
    ['--field island=Mars --errors /dev/full', '"/dev/full" cannot be written: the disk is full.'],
  ])('%s ends with 2 and says that the disk is full', (words, text) => {
    const field = words.includes('--field') ? '' : '--field island=Dream';
    const command = `"${process.execPath}" apps/predictor/dist/cli.js predict models/penguins ${field} ${words}`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: workspaceRoot, encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, `${text}\n`]);
  });

  it('answers where nobody reads what is said, and what comes from a pipe that is named as a file', () => {
    const predictor = `"${process.execPath}" apps/predictor/dist/cli.js predict models/penguins`;
    const command = `printf 'island,x\nDream,1\n' | ${predictor} /dev/stdin --format csv 2> >(true)`;
    const { status, stdout } = spawnSync('bash', ['-c', command], { cwd: workspaceRoot, encoding: 'utf8' });
    expect([status, stdout.trim().split('\n').length]).toEqual([0, 1]);
  });

  it('a model that is not there ends with 3', async () => {
    expect(await runCommand(['predict', 'nowhere.onnx', ...FIELDS])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is'),
    });
  });
});
