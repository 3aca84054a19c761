import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPackage } from '@web-single/model-package';
import type { ModelPackage } from '@web-single/model-package';
import type { Value } from '@web-single/tensor';
import type { Exchange } from './contenders/http-contender.ts';
import { postRequest } from './http-connection.ts';
import { workspaceRoot } from './server-process.ts';

export const penguinsFolder = join(workspaceRoot, 'models/penguins');
export const digitsFolder = join(workspaceRoot, 'models/digits');

/** Golden cases of penguins, one row a request; the expected label is the recorded one. */
export async function penguinExchanges(): Promise<readonly Exchange[]> {
  return (await goldenCases(penguinsFolder)).map(({ input, output }) => ({
    request: postRequest('/v1/models/penguins/predict', 'application/json', jsonBody(input)),
    expected: `"predictions":[{"label":${JSON.stringify(labelOf(output))},`,
  }));
}

/** The same bodies, to be sent back as they are. */
export async function echoExchanges(): Promise<readonly Exchange[]> {
  return (await goldenCases(penguinsFolder)).map(({ input }) => {
    const body = jsonBody(input);
    return { request: postRequest('/echo', 'application/json', body), expected: body.toString() };
  });
}

/** Golden pictures of digits, as raw PNG bodies. */
export async function digitExchanges(): Promise<readonly Exchange[]> {
  const isPng = (bytes: unknown): bytes is Uint8Array => bytes instanceof Uint8Array && bytes[1] === 0x50;
  return (await goldenCases(digitsFolder)).flatMap(({ input, output }) => {
    const image = (input as { image?: unknown }).image;
    if (!isPng(image)) return [];
    const request = postRequest('/v1/models/digits/predict', 'image/png', image);
    return [{ request, expected: `"predictions":[{"label":${JSON.stringify(labelOf(output))},` }];
  });
}

type GoldenCases = NonNullable<ModelPackage['golden']>['cases'];

async function goldenCases(folder: string): Promise<GoldenCases> {
  return (await openPackage(folder)).golden?.cases ?? [];
}

function jsonBody(row: unknown): Buffer {
  return Buffer.from(JSON.stringify({ rows: [row] }));
}

function labelOf(output: Readonly<Record<string, unknown>>): Value {
  return output['label'] as Value;
}

/** Versions of what is measured. */
export async function versionOf(packageName: string): Promise<string> {
  const path = join(workspaceRoot, 'node_modules', packageName, 'package.json');
  return (JSON.parse(await readFile(path, 'utf8')) as { version: string }).version;
}
