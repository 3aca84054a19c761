import { javaScript } from './dialects.ts';
import { filesNote, inlineNote } from './files-note.ts';
import { code, printLiteral } from './literal.ts';
import type { Literal } from './literal.ts';
import { quoteJavaScript, quoteShell } from './quote-text.ts';
import type { SentField } from './sent-fields.ts';
import type { PreparedCall, Snippet } from './snippet.ts';
import { inferExpression } from './typescript-infer.ts';

/** The client that the server's own `predictor sdk` writes, in Node or a browser: with the types of this model. */
export function typescriptSnippet(call: PreparedCall): Snippet | undefined {
  const { baseUrl, fields } = call;
  const answer = fields.every(isPlain) ? predictLines(call) : inferExpression(call);
  if (answer === undefined) return undefined;
  const usesFiles = fields.some(({ content }) => 'file' in content);
  const lines = [
    `// First, in the server's repository: npx predictor sdk --from ${quoteShell(baseUrl)} --out client`,
    ...(usesFiles ? ["import { readFile } from 'node:fs/promises';"] : []),
    "import { createPredictor } from './client/index.js';",
    '',
    `const predictor = createPredictor({ baseUrl: ${quoteJavaScript(baseUrl)} });`,
    ...answer,
  ];
  const note = [
    ...filesNote(fields),
    'Runs as call.mjs in Node 20 or later, in a bundler and in a browser, beside the client that its first line gets.',
    ...inlineNote(
      fields,
      (name) => `From a file: { ${javaScript.key(name)}: await readFile('picture.png') } of node:fs/promises.`,
    ),
    ...(usesFiles ? ['In a browser give the File of an input in the place of readFile(…).'] : []),
  ];
  return {
    id: 'typescript',
    title: 'TypeScript',
    language: 'typescript',
    code: lines.join('\n'),
    note: note.join(' '),
  };
}

function predictLines({ model, fields }: PreparedCall): readonly string[] {
  const entries = fields.map(({ name, content }) => [name, valueOf(content)] as const);
  const [first] = fields;
  const isBareFile = Object.keys(model.inputs).length === 1 && first !== undefined && 'file' in first.content;
  const row = isBareFile ? valueOf(first.content) : new Map(entries);
  const options = model.version === undefined ? '' : `, { version: ${quoteJavaScript(model.version)} }`;
  const key = javaScript.key(model.name);
  const client = key === model.name ? `predictor.models.${key}` : `predictor.models[${quoteJavaScript(model.name)}]`;
  const call = `${client}.predict(${printLiteral(row, javaScript)}${options})`;
  // Node shortens long lists and deep objects.
  const isLong = Object.values(model.outputs).some(({ type }) => type === 'tensor');
  return [
    `const prediction = await ${call};`,
    isLong ? 'console.log(JSON.stringify(prediction, null, 2));' : 'console.log(prediction);',
  ];
}

function valueOf(content: SentField['content']): Literal {
  if ('value' in content) return content.value;
  if ('base64' in content) return new Map([['base64', content.base64]]);
  return code(`await readFile(${quoteJavaScript(content.file.fileName)})`);
}

/** True for what JSON of JavaScript carries unchanged. */
function isPlain({ content }: SentField): boolean {
  return !('value' in content) || isPlainValue(content.value);
}

function isPlainValue(value: Literal): boolean {
  if (Array.isArray(value)) return value.every(isPlainValue);
  return typeof value === 'number' ? Number.isFinite(value) : typeof value !== 'bigint' || isSafe(value);
}

function isSafe(value: bigint): boolean {
  return Number.isSafeInteger(Number(value));
}
