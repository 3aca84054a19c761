import { imageInputType, predictionType, rowType } from '@web-single/signature';
import { ERROR_CODES } from './error-catalog.ts';
import { sortByName, uniqueIdentifiers } from './identifiers.ts';
import type { ModelDescription } from './model-description.ts';
import { commentText, key, literal } from './source-text.ts';

/** Generated files by their path inside the folder they go to. */
export type SourceFiles = Readonly<Record<string, string>>;

interface NamedModel {
  readonly model: ModelDescription;
  readonly identifier: string;
}

function named(models: readonly ModelDescription[]): NamedModel[] {
  const sorted = sortByName(models);
  const identifiers = uniqueIdentifiers(sorted.map(({ name }) => name));
  return sorted.map((model, index) => ({ model, identifier: identifiers[index] ?? '' }));
}

/** First line of a generated file: from what it was written. */
function header(models: readonly ModelDescription[]): string {
  const sources = sortByName(models).map(({ name, version }) => `${commentText(name)}@${commentText(version)}`);
  return `// Generated from ${sources.length === 0 ? 'no models' : sources.join(', ')} by web-single. Do not edit: generate it again.`;
}

function usesImages({ signature }: ModelDescription): boolean {
  return Object.values(signature.input).some(({ type }) => type === 'image');
}

function typesOf({ model, identifier }: NamedModel): string {
  const about = commentText(model.description);
  return [
    `/** One row for ${commentText(model.name)}${about === '' ? '.' : `: ${about}`} */`,
    `export type ${identifier}Row = ${rowType(model.signature)};`,
    '',
    `/** One prediction of ${commentText(model.name)}, version ${commentText(model.version)}. */`,
    `export type ${identifier}Prediction = ${predictionType(model.signature)};`,
    '',
  ].join('\n');
}

/** The rows, predictions and the map of all models, as TypeScript. An array given to `predict` is always rows, never one row. */
export function typesText(models: readonly ModelDescription[]): string {
  const entries = named(models).map(({ model, identifier }) => {
    const row = `${identifier}Row`;
    const types = `{ row: Exclude<${row}, readonly unknown[]>; item: ${row}; prediction: ${identifier}Prediction }`;
    return `  ${key(model.name)}: ${types};\n`;
  });
  return [
    ...named(models).map(typesOf),
    '/** Every model by its name. */',
    `export type Models = {\n${entries.join('')}};`,
    '',
  ].join('\n');
}

/** The table the client reads at run time: which inputs are images, what kind each output is. */
export function tableText(models: readonly ModelDescription[]): string {
  const entries = sortByName(models).map(({ name, signature }) => {
    const inputs = Object.entries(signature.input);
    const images = inputs.filter(([, { type }]) => type === 'image').map(([field]) => field);
    const file = inputs.length === 1 ? images[0] : undefined;
    const outputs = Object.entries(signature.output)
      .filter(([, { optional }]) => optional !== true)
      .map(([field, { type }]) => `${key(field)}: ${literal(type)}`);
    const bare = file === undefined ? '' : `file: ${literal(file)}, `;
    const list = `images: [${images.map(literal).join(', ')}]`;
    return `  ${key(name)}: { ${bare}${list}, outputs: { ${outputs.join(', ')} } },\n`;
  });
  return `{\n${entries.join('')}}`;
}

/** The generated part of the SDK itself: `models.ts` and `error-codes.ts` for its folder `src/generated`. */
export function createSdkSource(models: readonly ModelDescription[]): SourceFiles {
  const types = models.some(usesImages) ? [`import type { ${imageInputType} } from '../image-source.ts';`] : [];
  const table = `export const models: Readonly<Record<keyof Models, ModelShape>> = ${tableText(models)};`;
  return {
    'error-codes.ts': errorCodesText(),
    'models.ts': [
      header(models),
      ...types,
      "import type { ModelShape } from '../model-shape.ts';",
      '',
      typesText(models),
      table,
      '',
    ].join('\n'),
  };
}

function errorCodesText(): string {
  return [
    '// Generated from the error catalogue by web-single. Do not edit: generate it again.',
    '/** Codes of the server; docs/errors.md says what each means. */',
    'export type ErrorCode =',
    `${ERROR_CODES.map((code) => `  | ${literal(code)}`).join('\n')};`,
    '',
  ].join('\n');
}

const FILES_OF_THE_SDK = /^(?:index\.|create-predictor\.|generated\/models\.)|\.map$|\.tsbuildinfo$/;

/**
 * A whole client for the models of some running predictor, in JavaScript with declarations: it works in Node, bundlers and
 * plain browsers, in TypeScript or not, without an install. `client` is what lies in the SDK's `dist`, by path.
 */
export function createSdkFolder(models: readonly ModelDescription[], client: SourceFiles): SourceFiles {
  const core = Object.entries(client).filter(([path]) => !FILES_OF_THE_SDK.test(path));
  const images = models.some(usesImages) ? [`import type { ${imageInputType} } from './client/image-source.js';`] : [];
  const first = header(models);
  return {
    'package.json': `${JSON.stringify(PACKAGE, null, 2)}\n`,
    'index.js': [first, ...INDEX_JS, ''].join('\n'),
    'index.d.ts': [first, ...INDEX_D_TS, ''].join('\n'),
    'models.js': [first, `export const models = ${tableText(models)};`, ''].join('\n'),
    'models.d.ts': [first, ...images, ...MODELS_D_TS, '', typesText(models)].join('\n'),
    ...Object.fromEntries(ENTRIES.flatMap((entry) => entryFiles(entry, first))),
    ...Object.fromEntries(
      core.map(([path, text]) => [`client/${path}`, text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')]),
    ),
  };
}

/** Entries of the client beside its root, each in a folder of its name. */
const ENTRIES = ['many', 'react'];

function entryFiles(entry: string, first: string): [string, string][] {
  const text = `${first}\nexport * from './client/${entry}/index.js';\n`;
  return [
    [`${entry}.js`, text],
    [`${entry}.d.ts`, text],
  ];
}

const exportsOf = (entry: string): object => ({ types: `./${entry}.d.ts`, default: `./${entry}.js` });

const PACKAGE = {
  name: 'predictor-client',
  version: '0.0.0',
  private: true,
  type: 'module',
  sideEffects: false,
  exports: { '.': exportsOf('index'), ...Object.fromEntries(ENTRIES.map((entry) => [`./${entry}`, exportsOf(entry)])) },
};

const INDEX_JS = [
  "import { createClient } from './client/client.js';",
  "import { models } from './models.js';",
  "export * from './client/predictor-error.js';",
  '',
  'export function createPredictor(options) {',
  '  return createClient(models, options);',
  '}',
];

const INDEX_D_TS = [
  "import type { Predictor, PredictorOptions } from './client/client.js';",
  "import type { Models } from './models.js';",
  "export type * from './client/client.js';",
  "export * from './client/predictor-error.js';",
  "export type * from './models.js';",
  '',
  '/** The client for these models: `createPredictor({ baseUrl }).models.NAME.predict(row)`. */',
  'export declare function createPredictor(options: PredictorOptions): Predictor<Models>;',
];

const MODELS_D_TS = [
  "import type { ModelShape } from './client/model-shape.js';",
  'export declare const models: Readonly<Record<keyof Models, ModelShape>>;',
];
