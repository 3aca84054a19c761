import app from '../../package.json' with { type: 'json' };
import contract from '@web-single/contract/package.json' with { type: 'json' };
import modelPackage from '@web-single/model-package/package.json' with { type: 'json' };
import modelRuntime from '@web-single/model-runtime/package.json' with { type: 'json' };
import preprocessing from '@web-single/preprocessing/package.json' with { type: 'json' };
import serving from '@web-single/serving/package.json' with { type: 'json' };
import signature from '@web-single/signature/package.json' with { type: 'json' };
import tensor from '@web-single/tensor/package.json' with { type: 'json' };

/** Versions of what this server is made of, by component: reported at `/v1/server`, checked against a manifest's `requires`. */
export const componentVersions: Readonly<Record<string, string>> = {
  predictor: app.version,
  contract: contract.version,
  'model-package': modelPackage.version,
  'model-runtime': modelRuntime.version,
  preprocessing: preprocessing.version,
  serving: serving.version,
  signature: signature.version,
  tensor: tensor.version,
};

/** Versions of what runs underneath. */
export const runtimeVersions: Readonly<Record<string, string>> = {
  node: process.versions.node,
  'onnxruntime-node': app.dependencies['onnxruntime-node'],
  platform: `${process.platform}-${process.arch}`,
};
