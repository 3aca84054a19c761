import type { RemoteFile } from './model-source.ts';
import type { SourceUri } from './source-uri.ts';

/** The one file that a bare model or an archive is, pinned by the address; undefined for a package, which has several. */
export function onlyFile({ shape, pin, modelName }: SourceUri): RemoteFile | undefined {
  if (shape === 'package') return undefined;
  return { path: shape === 'file' ? `${modelName}.onnx` : modelName, ...(pin === undefined ? {} : { sha256: pin }) };
}
