export { PackageError } from './package-error.ts';
export type { PackageProblem } from './package-error.ts';
export type { GoldenCase, GoldenSet, Tolerance } from './golden-set.ts';
export type { Batching, EngineOptions, Fact, ModelPackage } from './model-package.ts';
