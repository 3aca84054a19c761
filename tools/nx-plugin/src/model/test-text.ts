import type { OutputField } from '@web-single/signature';
import type { PackageDraft } from './package-draft.ts';

/** A longer row is not written out: the golden cases cover it. */
const mostCharacters = 600;

/** The test of a new package: it is served as it says, and the SDK's types fit it. Not formatted. */
export function testText(draft: PackageDraft): string {
  const typed = typedCall(draft);
  return `${typed === '' ? '' : "import { createPredictor } from '@web-single/sdk';\n"}import { join } from 'node:path';
import { afterAll, beforeAll, describe${typed === '' ? '' : ', expect, it'} } from 'vitest';
import { startPredictor, workspaceRoot, type PredictorProcess } from '../testing/predictor-process.ts';
import { servedPackageSuite } from '../testing/served-package.suite.ts';

const folder = join(workspaceRoot, ${literal(`models/${draft.name}`)});

describe(${literal(draft.name)}, () => {
  let server: PredictorProcess;
  beforeAll(async () => void (server = await startPredictor([folder])));
  afterAll(async () => server[Symbol.asyncDispose]());

  servedPackageSuite(folder, () => server.url);
${typed}});
`;
}

function typedCall({ name, signature, golden }: PackageDraft): string {
  const [first] = golden.cases;
  const row = JSON.stringify(first?.input);
  if (first === undefined || row.length > mostCharacters) return '';
  return `
  it('answers a typed call of the SDK', async () => {
    const predictor = createPredictor({ baseUrl: server.url });

    const answer = await predictor.models${member(name)}.predict(${row});

    expect(Object.keys(answer)).toEqual(${JSON.stringify(Object.keys(signature.output))});
${labelsOf(signature.output, first.output)}  });
`;
}

/** What must be equal, not only near: labels. Their literal types make the compiler refuse another one. */
function labelsOf(fields: Readonly<Record<string, OutputField>>, output: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields)
    .filter(([, { type }]) => type === 'category')
    .map(([name, field]) => {
      const union = field.type === 'category' ? field.values.map(literal).join(' | ') : '';
      return `    expect<${union}>(answer${member(name)}).toBe(${literal(output[name])});\n`;
    })
    .join('');
}

function member(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${literal(name)}]`;
}

function literal(value: unknown): string {
  return JSON.stringify(value);
}
