import { runtimeLimits } from './check-runtime-fit.ts';
import type { OnnxModel } from './onnx-model.ts';

/** What a model's header says instead, so that the runtime takes it. */
export interface LoweredVersions {
  readonly irVersion: number;
  /** Of the domain ai.onnx. */
  readonly opset: number;
}

export interface VersionLowering {
  /** The model with the lowered header; the same one where nothing is lowered. */
  readonly model: OnnxModel;
  readonly versions?: LoweredVersions;
}

/**
 * Newest versions that mean the same as the runtime's own: opsets 27 and 28 only add operators, types, attributes with the
 * old behaviour as their default, and a Mod that was an error before; IR version 14 only adds types. What is new the
 * runtime refuses by its name.
 */
const newest = { irVersion: 14, opset: 28 };

/** Plans to read a file that is stamped a little newer than the runtime as one of its time. Left alone: files with functions or weights elsewhere. */
export function lowerVersions(model: OnnxModel): VersionLowering {
  const { irVersion, opsets } = model;
  const opset = opsets.find(({ domain }) => domain === '')?.version ?? 0;
  const limit = { irVersion: runtimeLimits.irVersion, opset: runtimeLimits.opsets['']! };
  const isNewer = irVersion > limit.irVersion || opset > limit.opset;
  const isKnown = irVersion <= newest.irVersion && opset <= newest.opset;
  if (!isNewer || !isKnown || model.hasFunctions || model.externalData.length > 0) return { model };
  const versions = { irVersion: Math.min(irVersion, limit.irVersion), opset: Math.min(opset, limit.opset) };
  const lowered = opsets.map((stated) => (stated.domain === '' ? { ...stated, version: versions.opset } : stated));
  return { model: { ...model, irVersion: versions.irVersion, opsets: lowered }, versions };
}
