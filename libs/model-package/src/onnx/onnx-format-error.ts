/** Bytes that are no readable ONNX model; becomes a `PackageProblem` of the file. */
export class OnnxFormatError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OnnxFormatError';
  }
}
