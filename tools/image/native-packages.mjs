/** Packages of native code: outside the bundle (build-predictor.mjs), and beside it in the image. */
export const NATIVE_PACKAGES = ['onnxruntime-node', 'sharp'];
