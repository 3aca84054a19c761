import { join } from 'node:path';
import { diagnose } from '../doctor/diagnose.ts';
import type { Finding } from '../doctor/finding.ts';
import { encodeBytes } from '../onnx/wire-write.ts';
import { FLOAT, graphOf, identityModel, modelOf, nodeOf, valueOf } from './build-onnx.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type Files = Readonly<Record<string, Uint8Array | string>>;

/** What is found in a folder of these files, or in one of them. */
export async function findingsIn(files: Files, named = ''): Promise<readonly Finding[]> {
  await using folder = await temporaryFolder(files);
  return (await diagnose(join(folder.path, named))).findings;
}

/** Parts of a model that torch wrote. */
export const torch = { more: [encodeBytes(2, 'pytorch')] };
/** A model that answers its input, of this type and shape. */
export const identityOf = (type: number, dims: readonly (number | string)[], parts = {}): Uint8Array =>
  identityModel({ inputs: [valueOf('x', type, dims)], outputs: [valueOf('y', type, dims)] }, parts);
/** A model of one node. */
export const nodeModel = (
  node: Parameters<typeof nodeOf>[0],
  outputs = [valueOf('y', FLOAT, ['batch', 2])],
): Uint8Array => modelOf(graphOf({ nodes: [nodeOf(node)], inputs: [valueOf('x', FLOAT, ['batch', 2])], outputs }));
