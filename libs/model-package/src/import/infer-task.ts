import type { GraphContext } from './graph-context.ts';

const regressors: ReadonlySet<string> = new Set(['LinearRegressor', 'TreeEnsembleRegressor', 'SVMRegressor']);

/** A task's name in the words of model hubs; `custom` where the graph does not tell. */
export function inferTask({ model, specs }: GraphContext, isClassifier: boolean): string {
  if (isClassifier) {
    const [only] = specs.inputs;
    return specs.inputs.length === 1 && only?.dtype === 'string' ? 'text-classification' : 'tabular-classification';
  }
  const isFloat = specs.outputs.every(({ dtype }) => dtype.startsWith('float'));
  return isFloat && model.nodes.some(({ opType }) => regressors.has(opType)) ? 'tabular-regression' : 'custom';
}
