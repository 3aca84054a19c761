import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelDescription } from './model-description.ts';
import { createSdkFolder, createSdkSource } from './sdk-source.ts';
import { digits, penguins } from './testing/demo-models.ts';

const modelsText = (models: readonly ModelDescription[]): string => createSdkSource(models)['models.ts'] ?? '';

/** What is left at run time of a generated file; a syntax error throws. */
const run = async (text: string): Promise<Record<string, Record<string, object>>> =>
  (await import(`data:text/javascript,${encodeURIComponent(stripTypeScriptTypes(text))}`)) as never;

describe('createSdkSource', () => {
  it('says in the first line from what it was generated', () => {
    expect(modelsText([penguins, digits]).split('\n')[0]).toBe(
      '// Generated from digits@1.0.0, penguins@1.0.0 by web-single. Do not edit: generate it again.',
    );
  });

  it('gives the same text whatever the order of the models', () => {
    expect(modelsText([penguins, digits])).toBe(modelsText([digits, penguins]));
  });

  it('writes literal types of labels and marks what may be left out', () => {
    const text = modelsText([penguins]);

    expect(text).toContain('label: "Adelie" | "Chinstrap" | "Gentoo";');
    expect(text).toContain('bill_length_mm?: number | null;');
    expect(text).not.toContain('ImageInput');
  });

  it('says what a model is for where it is told', () => {
    expect(modelsText([{ ...penguins, description: 'Which penguin?' }])).toContain(
      '/** One row for penguins: Which penguin? */',
    );
    expect(modelsText([{ ...penguins, description: '' }])).toContain('/** One row for penguins. */');
  });

  it('tells the client which input a bare file fills', () => {
    expect(modelsText([digits])).toContain("digits: { file: 'image', images: ['image'], outputs:");
  });

  it('quotes names that are no identifiers, and keeps colliding ones apart', async () => {
    const text = modelsText(['a-b', 'a_b', '3d', '__proto__'].map((name) => ({ ...penguins, name })));

    expect(text).toContain("'a-b': { row: ");
    expect(text).toContain('export type AB_2Row');
    expect(text).toContain('export type Model3dRow');
    expect(text).toContain("['__proto__']: {");
    expect(Object.keys((await run(text))['models'] ?? {})).toEqual(['3d', '__proto__', 'a-b', 'a_b']);
  });

  it('lets no name or description break out of strings and comments', async () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        'globalThis.broken=1',
        '*/',
        "'",
        '"',
        '`',
        '\\',
        '\n',
        '\u2028',
        '${',
        '//',
        'a',
        ';',
        '</script>',
      ),
    });

    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (name, field, description) => {
        const signature = {
          input: { [field]: { type: 'category', values: [name], description } },
          output: { [field]: { type: 'number', description } },
        } as const;
        const model = { ...penguins, name: `x${name}`, version: name, description, signature };

        const left = await run(modelsText([model]));

        expect(Object.keys(left)).toEqual(['models']);
        expect(Object.keys(left['models'] ?? {})).toEqual([`x${name}`]);
        expect(globalThis).not.toHaveProperty('broken');
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('is what libs/sdk has in its folder src/generated', () => {
    const committed = (path: string): string =>
      readFileSync(new URL(`../../sdk/src/generated/${path}`, import.meta.url), 'utf8');

    for (const [path, text] of Object.entries(createSdkSource([penguins, digits]))) expect(committed(path)).toBe(text);
  });
});

describe('createSdkFolder', () => {
  const client = {
    'client.js': 'export const createClient = (models) => models;\n//# sourceMappingURL=client.js.map\n',
    'client.d.ts': 'export {};\n',
    'client.js.map': '{}',
    'index.js': 'export {};',
    'create-predictor.js': "import './generated/models.js';",
    'many/index.js': 'export const predictMany = 1;\n',
    'generated/models.js': 'export {};',
    'generated/error-codes.d.ts': 'export {};\n',
  };
  const folder = createSdkFolder([penguins, digits], client);

  it('holds the generated files and the core, without maps and without the models of the SDK itself', () => {
    expect(Object.keys(folder).sort()).toEqual([
      'client/client.d.ts',
      'client/client.js',
      'client/generated/error-codes.d.ts',
      'client/many/index.js',
      'index.d.ts',
      'index.js',
      'many.d.ts',
      'many.js',
      'models.d.ts',
      'models.js',
      'package.json',
      'react.d.ts',
      'react.js',
    ]);
    expect(folder['client/client.js']).toBe('export const createClient = (models) => models;\n');
  });

  it('has the other entries of the SDK as files of their own and as subpaths', () => {
    const { exports } = JSON.parse(folder['package.json'] ?? '') as { exports: Record<string, { types: string }> };

    expect(folder['many.js']).toContain("export * from './client/many/index.js';");
    expect(exports).toEqual({
      '.': { types: './index.d.ts', default: './index.js' },
      './many': { types: './many.d.ts', default: './many.js' },
      './react': { types: './react.d.ts', default: './react.js' },
    });
  });

  it('is plain JavaScript with a table the client can read', async () => {
    const text = folder['models.js'] ?? '';
    const { models } = (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as { models: unknown };

    expect(stripTypeScriptTypes(text)).toBe(text);
    expect(models).toMatchObject({ digits: { file: 'image' }, penguins: { images: [] } });
  });
});
