import type { CutZipMap } from '../onnx/cut-zip-map.ts';
import type { GraphLinks } from '../onnx/graph-links.ts';
import type { OnnxModel } from '../onnx/onnx-model.ts';
import type { ImportOptions } from './import-options.ts';
import type { SessionSpecs } from './session-specs.ts';

/** One import in progress, as its parts see it. */
export interface GraphContext {
  readonly model: OnnxModel;
  readonly links: GraphLinks;
  /** Name of the ONNX file, for facts and messages. */
  readonly file: string;
  readonly options: ImportOptions;
  readonly specs: SessionSpecs;
  readonly cuts: readonly CutZipMap[];
  readonly batchable: boolean;
}
