import { describeField } from '@web-single/signature';
import { exampleRow } from '../example-row.ts';
import { quotedWord } from '../quoted-word.ts';
import type { Answerer } from './answerer.ts';

/** For somebody who named a model and nothing to ask it: its fields, and a call that works. `model`: the words that name it. */
export function howToAsk({ name, signature, unnamedColumns }: Answerer, model: string): string {
  const fields = Object.entries(signature.input);
  const width = Math.max(...fields.map(([field]) => field.length));
  const lines = fields.map(
    ([field, type]) =>
      `  ${field.padEnd(width)}  ${describeField(type)}${type.optional === true ? ', may be left out' : ''}`,
  );
  const command = `predictor predict ${model}`;
  const hasPicture = fields.length === 1 && fields[0]?.[1].type === 'image';
  const row = exampleRow(signature);
  const call =
    row === undefined ? `${command} ${hasPicture ? 'picture.png' : 'rows.ndjson'}` : `${command} ${asFields(row)}`;
  return `Nothing to ask "${name}" about. A row of it has\n${lines.join('\n')}\n\nTry:  ${call}\nor a file of rows: ${command} rows.csv${unnamedColumns === undefined ? '' : ' --columns a,b,c'}`;
}

function asFields(row: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(row).map(([name, value]) => {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return `--field ${quotedWord(`${name}=${text}`)}`;
  });
  return words.join(' ');
}
