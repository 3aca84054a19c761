import type { ModelPackage } from '@web-single/model-package';

/** What an engine needs of a package: all that predicting takes, nothing that documents. Crosses the process border as is. */
export type EngineModel = Pick<
  ModelPackage,
  | 'name'
  | 'version'
  | 'modelPath'
  | 'rewrittenModel'
  | 'split'
  | 'signature'
  | 'sessionInputs'
  | 'sessionOutputs'
  | 'batchable'
  | 'before'
  | 'after'
  | 'batching'
  | 'engine'
>;

/** Leaves golden cases, card and facts behind. */
export const engineModelOf = (model: ModelPackage): EngineModel => ({
  name: model.name,
  version: model.version,
  modelPath: model.modelPath,
  ...(model.rewrittenModel ? { rewrittenModel: model.rewrittenModel } : {}),
  ...(model.split ? { split: model.split } : {}),
  signature: model.signature,
  sessionInputs: model.sessionInputs,
  sessionOutputs: model.sessionOutputs,
  batchable: model.batchable,
  before: model.before,
  after: model.after,
  batching: model.batching,
  engine: model.engine,
});
