import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPredictor, workspaceRoot, type PredictorProcess } from './testing/predictor-process.ts';
import { runCommand, startCommand } from './testing/run-command.ts';
import { temporaryFiles } from './testing/temporary-files.ts';

const HEADER = 'id,island,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g,sex';
const CSV = `${HEADER}\r\na,Torgersen,39.1,18.7,181,3750,male\r\n"b,2",Dream,50.6,,,3800,\r\nc,Biscoe,46.1,13.2,211,4500,female\r\n`;
const FIELDS = ['--field', 'island=Dream', '--field', 'bill_length_mm=50.6', '--field', 'body_mass_g=3800'];
const PICTURES = ['models/digits/golden/1.png', 'models/digits/golden/66.jpg', 'models/digits/golden/97.webp'];
const lines = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

let server: PredictorProcess;
beforeAll(async () => (server = await startPredictor()));
afterAll(() => server[Symbol.asyncDispose]());

const here = (model: string): string[] => [`models/${model}`];
const there = (model: string): string[] => ['--url', server.url, model];

describe('predict', () => {
  it('answers fields, here as at a server', async () => {
    const local = await runCommand(['predict', ...here('penguins'), ...FIELDS]);
    expect(local).toMatchObject({ code: 0, stderr: '' });
    expect(lines(local.stdout)).toMatchObject([
      { label: 'Chinstrap', probabilities: { Chinstrap: expect.closeTo(0.98, 2) } },
    ]);
    expect(await runCommand(['predict', ...there('penguins'), ...FIELDS])).toEqual(local);
  });

  it('answers pictures of every format, beside their files, here as at a server', async () => {
    const local = await runCommand(['predict', ...here('digits'), ...PICTURES]);
    expect(local.code).toBe(0);
    expect(lines(local.stdout)).toMatchObject(PICTURES.map((file) => ({ file, label: expect.any(Number) })));
    expect(await runCommand(['predict', ...there('digits'), ...PICTURES])).toEqual(local);
  });

  it('answers CSV and NDJSON alike, from files and from a pipe, here as at a server', async () => {
    const rows = [
      {
        id: 'a',
        island: 'Torgersen',
        bill_length_mm: 39.1,
        bill_depth_mm: 18.7,
        flipper_length_mm: 181,
        body_mass_g: 3750,
        sex: 'male',
      },
      { id: 'b,2', island: 'Dream', bill_length_mm: 50.6, body_mass_g: 3800 },
      {
        id: 'c',
        island: 'Biscoe',
        bill_length_mm: 46.1,
        bill_depth_mm: 13.2,
        flipper_length_mm: 211,
        body_mass_g: 4500,
        sex: 'female',
      },
    ];
    const ndjson = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    await using files = await temporaryFiles({ 'rows.csv': `\ufeff${CSV}`, 'rows.ndjson': ndjson });
    const local = await runCommand(['predict', ...here('penguins'), files.path('rows.csv'), '--keep', 'id']);
    expect(local).toMatchObject({ code: 0, stderr: '' });
    expect(lines(local.stdout)).toMatchObject([
      { id: 'a', label: 'Adelie' },
      { id: 'b,2', label: 'Chinstrap' },
      { id: 'c', label: 'Gentoo' },
    ]);
    const pipe = ['-', '--format', 'ndjson', '--keep', 'id'];
    expect(await runCommand(['predict', ...here('penguins'), ...pipe], { stdin: ndjson })).toEqual(local);
    expect(await runCommand(['predict', ...there('penguins'), ...pipe], { stdin: ndjson })).toEqual(local);
    expect(await runCommand(['predict', ...there('penguins'), files.path('rows.ndjson'), '--keep', 'id'])).toEqual(
      local,
    );
  });

  it('writes CSV with a column a label, to a file whose extension says so', async () => {
    await using files = await temporaryFiles({ 'rows.csv': CSV });
    const { code, stdout, stderr } = await runCommand([
      'predict',
      ...here('penguins'),
      files.path('rows.csv'),
      '--keep',
      'id',
      '--out',
      files.path('answers.csv'),
    ]);
    expect([code, stdout, stderr]).toEqual([0, '', `Wrote 3 answers to ${files.path('answers.csv')}.\n`]);
    const [header, first, second] = (await files.read('answers.csv')).split('\n');
    expect(header).toBe('id,label,probabilities.Adelie,probabilities.Chinstrap,probabilities.Gentoo');
    expect(first).toMatch(/^a,Adelie,0\.9\d+,0\.0\d+,0\.0\d+$/);
    expect(second).toMatch(/^"b,2",Chinstrap,/);
  });

  it('reads the pictures that a CSV names, from its own folder; one that is not there is a fault of its row', async () => {
    const picture = await readFile(join(workspaceRoot, PICTURES[0]!));
    await using files = await temporaryFiles({
      'a.png': picture,
      'rows.csv': 'id,image\n1,a.png\n2,none.png\n3,a.png\n',
    });
    const args = ['predict', ...there('digits'), files.path('rows.csv'), '--keep', 'id'];
    const { code, stdout, stderr } = await runCommand(args);
    expect(code).toBe(5);
    expect(lines(stdout)).toMatchObject([
      { id: '1', label: 0 },
      { id: '3', label: 0 },
    ]);
    expect(stderr).toMatch(
      /rows\.csv line 3: expected the path of a picture, got ".*none\.png" cannot be read: there is no such file\./,
    );
  });

  it('leaves the model out where a server has only one, and names those it has otherwise', async () => {
    await using one = await startPredictor([join(workspaceRoot, 'models/penguins')]);
    const alone = await runCommand(['predict', '--url', one.url, ...FIELDS]);
    expect(alone.code).toBe(0);
    expect(await runCommand(['predict', '--url', server.url, ...FIELDS])).toMatchObject({
      code: 2,
      stderr: `${server.url} serves 2 models: name one of "digits", "penguins".\n`,
    });
    const near = await runCommand(['predict', '--url', server.url, 'pengins', ...FIELDS]);
    expect(near).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean "penguins"?') });
  });
});

describe('rows without an answer', () => {
  const bad = `${HEADER}\n1,Dream,50.6,,,3800,\n2,dream,x,,,3800,\n3,Biscoe,46.1\n4,Biscoe,46.1,13.2,211,4500,female\n`;

  it('are told by line and field, and end with 5; the others are answered', async () => {
    await using files = await temporaryFiles({ 'bad.csv': bad });
    const { code, stdout, stderr } = await runCommand([
      'predict',
      ...here('penguins'),
      files.path('bad.csv'),
      '--keep',
      'id',
    ]);
    expect(code).toBe(5);
    expect(lines(stdout)).toMatchObject([{ id: '1' }, { id: '4' }]);
    const file = files.path('bad.csv');
    expect(stderr.split('\n')).toEqual([
      `${file} line 3: "island": expected one of "Biscoe", "Dream", "Torgersen", got "dream" (string). Did you mean "Dream"?`,
      expect.stringMatching(/line 3: "bill_length_mm": expected number from 25 to 65 \(mm\), got "x" \(string\)/),
      expect.stringMatching(/line 4: expected 7 cells, got 3: "bill_depth_mm", .*"sex" missing\./),
      '2 of 4 rows have no answer.',
      '',
    ]);
  });

  it('go to a file with line, row and problems; skipping them ends with 0', async () => {
    await using files = await temporaryFiles({ 'bad.csv': bad });
    const errors = files.path('errors.ndjson');
    const args = ['predict', ...there('penguins'), files.path('bad.csv'), '--errors', errors, '--on-error', 'skip'];
    const { code, stderr } = await runCommand(args);
    expect([code, stderr.split('\n').at(-2)]).toEqual([0, '2 of 4 rows have no answer.']);
    expect(lines(await files.read('errors.ndjson'))).toMatchObject([
      {
        line: 3,
        code: 'INPUT_MISMATCH',
        problems: [{ field: 'island', hint: 'Did you mean "Dream"?' }, { field: 'bill_length_mm' }],
        row: { island: 'dream', body_mass_g: 3800 },
      },
      { line: 4, code: 'INVALID_REQUEST', problems: [{ expected: '7 cells' }] },
    ]);
  });

  it('a file that names no column of the model is refused before anything is asked', async () => {
    const { code, stdout, stderr } = await runCommand(['predict', ...here('penguins'), '-', '--format', 'csv'], {
      stdin: 'Island;sex\nDream;male\n',
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /- line 1: column "island" is missing.*Is it separated by something else than commas\? Say --separator\./,
    );
  });

  it('a file whose columns a bare model has no names for is refused with the option that names them', async () => {
    const stdin = 'wing,beak,tail,mass\n1,2,3,4\n';
    const args = ['predict', 'libs/model-package/fixtures/torch-inline.onnx', '-', '--format', 'csv'];
    const refused = await runCommand(args, { stdin });
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('in this order, say so: --columns wing,beak,tail,mass\n'),
    });
    const answered = await runCommand([...args, '--columns', 'wing,beak,tail,mass'], { stdin });
    expect(answered).toMatchObject({ code: 0, stderr: '' });
  });

  it('are those with a number that is too large, here as at a server, and stay what they were', async () => {
    await using files = await temporaryFiles({ 'large.csv': 'island,bill_length_mm\nDream,1e999\nDream,50.6\n' });
    const asked = [files.path('large.csv'), '--errors', files.path('errors.ndjson')];
    const local = await runCommand(['predict', ...here('penguins'), ...asked]);
    const errors = await files.read('errors.ndjson');
    expect([local.code, lines(local.stdout).length]).toEqual([5, 1]);
    expect(errors).toContain('got Infinity');
    expect(errors).toContain('"row":{"island":"Dream","bill_length_mm":1e999}');
    expect(await runCommand(['predict', ...there('penguins'), ...asked])).toEqual(local);
    expect(await files.read('errors.ndjson')).toBe(errors);
  });

  it('a picture that is none, and a line that is no JSON, are rows like others', async () => {
    await using files = await temporaryFiles({ 'broken.png': Buffer.from('89504e470d0a1a0a00', 'hex') });
    const pictures = await runCommand(['predict', ...here('digits'), files.path('broken.png'), PICTURES[0]!]);
    expect([pictures.code, lines(pictures.stdout).length]).toEqual([5, 1]);
    const ndjson = await runCommand(['predict', ...here('penguins'), '-', '--format', 'ndjson'], {
      stdin: '{"island":"Dream"}\n{"island"\n',
    });
    expect(ndjson).toMatchObject({
      code: 5,
      stderr: expect.stringContaining(
        'standard input line 2: expected one JSON value on the line, got text that is not valid JSON at position',
      ),
    });
  });
});

describe('a pipe', () => {
  function* endless(): Generator<string> {
    yield `${HEADER}\n`;
    for (let row = 0; row < 2_000_000; row += 1) yield `${row},Dream,50.6,,,3800,\n`.repeat(100);
  }

  it('whose reader has gone ends the work without an error', async () => {
    const child = startCommand(['predict', ...here('penguins'), '-', '--format', 'csv']);
    const stderr = child.stderr?.toArray();
    const ended = once(child, 'close');
    child.stdin?.on('error', () => undefined);
    const rows = endless();
    const feed = (): void => {
      while (child.stdin?.writable === true && child.stdin.write(rows.next().value));
    };
    child.stdin?.on('drain', feed);
    feed();
    await once(child.stdout as Readable, 'data');
    child.stdout?.destroy();
    expect(await ended).toEqual([0, null]);
    expect(Buffer.concat((await stderr) as Buffer[]).toString()).not.toMatch(/error/i);
  });

  it('gives answers while it is still open, and after Ctrl-C what was answered', async () => {
    const child = startCommand(['predict', ...here('penguins'), '-', '--format', 'csv']);
    const ended = once(child, 'close');
    child.stdin?.write(`${HEADER}\n1,Dream,50.6,,,3800,\n`);
    const [first] = (await once(child.stdout as Readable, 'data')) as [Buffer];
    expect(lines(first.toString())).toMatchObject([{ label: 'Chinstrap' }]);
    child.kill('SIGINT');
    expect(await ended).toEqual([130, null]);
  });

  it('ends after Ctrl-C on a terminal, which ends the engine process, too', async () => {
    const many = Array.from({ length: 2000 }, () => PICTURES[0]!);
    const child = startCommand(['predict', ...here('digits'), ...many], { detached: true });
    const stderr = child.stderr?.toArray();
    const ended = once(child, 'close');
    const [first] = (await once(child.stdout as Readable, 'data')) as [Buffer];
    child.stdout?.resume();
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await ended).toEqual([130, null]);
    expect(first.toString()).toContain('"label":0');
    expect(Buffer.concat((await stderr) as Buffer[]).toString()).toMatch(/^Ended after \d+ answers\.\n$/);
  });

  it('of very many rows takes no more memory than of few', async () => {
    const rows = 40_000;
    function* table(): Generator<string> {
      yield `${HEADER}\n`;
      for (let row = 0; row < rows; row += 100) yield `${row},Dream,50.6,,,3800,\n`.repeat(100);
    }
    const { code, stdout, stderr } = await runCommand(
      ['predict', ...here('penguins'), '-', '--format', 'csv', '--output', 'csv'],
      {
        stdin: table(),
        nodeOptions: ['--max-old-space-size=48'],
      },
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining('"id" no field of the model')]);
    expect(stdout.split('\n')).toHaveLength(rows + 2);
  });
});

describe('a server', () => {
  it('that is not there ends with 4', async () => {
    expect(await runCommand(['predict', '--url', 'http://127.0.0.1:9', 'penguins', ...FIELDS])).toMatchObject({
      code: 4,
      stdout: '',
    });
  });

  it('that goes away keeps what was answered, and ends with 4', async () => {
    let calls = 0;
    const between = createServer((request, response) => {
      const isPrediction = request.method === 'POST';
      if (isPrediction && (calls += 1) > 1) return void request.socket.destroy();
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          const body = isPrediction
            ? { body: Buffer.concat(chunks), headers: { 'content-type': 'application/json' } }
            : {};
          void fetch(`${server.url}${request.url}`, { method: request.method ?? 'GET', ...body }).then(
            async (answer) => {
              response.writeHead(answer.status, { 'content-type': 'application/json', connection: 'close' });
              response.end(Buffer.from(await answer.arrayBuffer()));
            },
          );
        });
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
    const { port } = between.address() as AddressInfo;
    const stdin = `${HEADER}\n${'1,Dream,50.6,,,3800,\n'.repeat(600)}`;
    const args = [
      'predict',
      '--url',
      `http://127.0.0.1:${port}`,
      'penguins',
      '-',
      '--format',
      'csv',
      '--concurrency',
      '1',
    ];
    const { code, stdout, stderr } = await runCommand(args, { stdin });
    between.close();
    expect([code, lines(stdout).length]).toEqual([4, 256]);
    expect(stderr).toContain('does not answer');
  });
});
