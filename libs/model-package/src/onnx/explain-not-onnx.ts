/** What a file is when it is no ONNX model, and what to do about it. */
interface Kind {
  readonly matches: (start: Uint8Array, name: string) => boolean;
  readonly message: (name: string) => string;
}

const scikitExport =
  "python -c \"import pickle, skl2onnx; m = pickle.load(open('FILE', 'rb')); " +
  "open('model.onnx', 'wb').write(skl2onnx.to_onnx(m, SAMPLE_ROWS).SerializeToString())\"";
const torchExport =
  'torch.onnx.export(model, (example,), "model.onnx", dynamic_shapes=({0: torch.export.Dim("batch")},), external_data=False)';
const kerasExport = 'python -m tf2onnx.convert --keras FILE --output model.onnx';

const lookedLike = (what: string, next: string) => (name: string) =>
  `"${name}" is not an ONNX file: it looks like ${what}. ${next}`;

function startsWith(...expected: readonly number[]): Kind['matches'] {
  return (start) => expected.every((byte, index) => start[index] === byte);
}

const textAt = (bytes: Uint8Array, from = 0) => Buffer.from(bytes.subarray(from)).toString('latin1');

/** Order matters: the first that matches is the one cause that is told. */
const kinds: readonly Kind[] = [
  {
    matches: (start) => start.length === 0,
    message: (name) => `"${name}" is not an ONNX file: it is empty. Copy or export it again.`,
  },
  {
    matches: (start) => textAt(start).startsWith('version https://git-lfs'),
    message: lookedLike('a Git LFS pointer', 'Run "git lfs pull" and retry.'),
  },
  {
    matches: (start, name) =>
      startsWith(0x50, 0x4b)(start, name) && (/\.pth?$/i.test(name) || textAt(start).includes('/data.pkl')),
    message: (name) =>
      `"${name}" is a PyTorch file, which holds a Python pickle and is never executed. Export it to ONNX first: ${torchExport}.`,
  },
  {
    matches: (start, name) => startsWith(0x50, 0x4b)(start, name) && /\.keras$/i.test(name),
    message: (name) => `"${name}" is a Keras model. Export it to ONNX first: ${kerasExport.replace('FILE', name)}.`,
  },
  {
    matches: startsWith(0x50, 0x4b),
    message: lookedLike('a ZIP archive', 'Unpack it and name the .onnx file inside.'),
  },
  {
    matches: startsWith(0x1f, 0x8b),
    message: lookedLike('a gzip archive', 'Unpack it with gunzip or tar and name the .onnx file inside.'),
  },
  {
    matches: (start, name) =>
      (start[0] === 0x80 && start[1]! >= 2 && start[1]! <= 5) || /\.(pkl|pickle|joblib)$/i.test(name),
    message: (name) =>
      `"${name}" is a Python pickle and is never executed. Export it to ONNX first: ${scikitExport.replace('FILE', name)}.`,
  },
  {
    matches: (start, name) =>
      /\.safetensors$/i.test(name) || (start[8] === 0x7b && start[5] === 0 && start[6] === 0 && start[7] === 0),
    message: (name) =>
      `"${name}" is a safetensors file: weights without a model. Export the model to ONNX first: ${torchExport}.`,
  },
  {
    matches: startsWith(0x89, 0x48, 0x44, 0x46),
    message: (name) =>
      `"${name}" is a Keras or HDF5 file. Export it to ONNX first: ${kerasExport.replace('FILE', name)}.`,
  },
  {
    matches: (start) => textAt(start, 4).startsWith('TFL3'),
    message: lookedLike('a TensorFlow Lite model', 'Export the original model to ONNX.'),
  },
  {
    matches: (start) => textAt(start, 4).startsWith('ORTM'),
    message: lookedLike('an ORT-format model', 'Use the .onnx file it was made from.'),
  },
  {
    matches: (start) => /^\s*(<!doctype html|<html|<\?xml|<!--)/i.test(textAt(start)),
    message: lookedLike(
      'an HTML page',
      'The download probably answered with an error or a sign-in page: fetch it again.',
    ),
  },
  {
    matches: (start) => start.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13),
    message: lookedLike('a text file', 'Name the .onnx file.'),
  },
  {
    matches: (start) => start.every((byte) => byte === 0),
    message: lookedLike('a file of zeros', 'Its download was interrupted: fetch it again.'),
  },
];

/** Says in one sentence what a file that `readOnnx` would not take is, or undefined where it is nothing we know. */
export function explainNotOnnx(bytes: Uint8Array, name: string): string | undefined {
  const start = bytes.subarray(0, 512);
  return kinds.find(({ matches }) => matches(start, name))?.message(name);
}
