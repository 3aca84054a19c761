import { execFileSync } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { overridesJsonSchema } from './overrides-json-schema.ts';
import { readOverridesFile } from './read-overrides-file.ts';
import { readOverrides } from './read-overrides.ts';

const read = (text: string) => readOverrides(new TextEncoder().encode(text));

describe('readOverrides', () => {
  it('takes keys as YAML has them: numbers name labels and versions too', () => {
    const { models } = read(
      'models: { digits: { labels: { 0: zero }, thresholds: { 1: 0.5 }, versions: { 2: { enabled: false } } } }',
    );

    expect(models).toEqual({
      digits: { labels: { 0: 'zero' }, thresholds: { 1: 0.5 }, versions: { 2: { enabled: false } } },
    });
  });

  it('tells every problem with its pointer', () => {
    const text =
      'models: { a: { minScore: 1.5, tresholds: {}, labels: { x: "" }, enabled: no }, b: { versions: { 1: { versions: {} } } } }\nmodel: {}';
    expect(() => read(text)).toThrow(
      [
        'overrides.yaml /models/a/labels/x: Expected a label: text that is not empty and has no NUL, a number, true or false; got "" (string).',
        'overrides.yaml /models/a/minScore: Expected at most 1, got 1.5.',
        'overrides.yaml /models/a/enabled: Expected boolean, got "no" (string).',
        'overrides.yaml /models/a/tresholds: Unknown key, did you mean "thresholds"?',
        'overrides.yaml /models/b/versions/1/versions: Unknown key; expected labels, thresholds, minScore, otherwise, input, enabled.',
        'overrides.yaml /model: Unknown key, did you mean "models"?',
      ].join('\n'),
    );
  });

  it.each([
    ['an empty file', '', 'Expected object'],
    ['an alias', 'models: { a: &a {}, b: *a }', 'alias'],
    ['a tag', 'models: !!js/function {}', 'tag'],
  ])('refuses %s', (_, text, reason) => {
    expect(() => read(text)).toThrow(reason);
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(() => readOverrides(Uint8Array.of(0xff))).toThrow('overrides.yaml: The file is not UTF-8.');
  });
});

describe('readOverridesFile', () => {
  it('follows links, as a ConfigMap is mounted, and has the hash that coreutils print', async () => {
    await using folder = await temporaryFolder({ 'data/overrides.yaml': 'models: {}\n' });
    const path = join(folder.path, 'overrides.yaml');
    await symlink('data/overrides.yaml', path);

    const { sha256 } = readOverrides(await readOverridesFile(path));

    expect(execFileSync('sha256sum', [path]).toString().startsWith(sha256)).toBe(true);
  });

  it('refuses what is missing, no file, or too large, without its folder', async () => {
    await using folder = await temporaryFolder({});
    const file = join(folder.path, 'large.yaml');
    await writeFile(file, '#'.repeat(2 ** 20 + 1));

    await expect(readOverridesFile(join(folder.path, 'none.yaml'))).rejects.toThrow(
      /^none\.yaml: The file is missing\.$/,
    );
    await expect(readOverridesFile(folder.path)).rejects.toThrow('is not a regular file');
    await expect(readOverridesFile(file)).rejects.toThrow(/^large\.yaml: The file is larger than 1048576 bytes\.$/);
  });
});

describe('overrides.schema.json', () => {
  it('is what write-schema.ts writes', async () => {
    const committed = await readFile(new URL('../../overrides.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(overridesJsonSchema())));
  });
});
