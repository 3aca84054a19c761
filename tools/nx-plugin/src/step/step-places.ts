const source = 'libs/preprocessing/src';

export const stepsFolder = `${source}/steps`;
export const registryFile = `${source}/step-registry.ts`;
export const examplesFile = `${source}/testing/step-examples.ts`;
export const tableFile = 'libs/preprocessing/README.md';
