const loadCauses: readonly (readonly [RegExp, string])[] = [
  [
    /Unsupported data type: 16/,
    'An input or output is BF16, which this runtime cannot bind. Re-export as FP32 or FP16.',
  ],
  [
    /opset|Unsupported model IR version|ONNX Runtime only \*guarantees\*/i,
    'The file uses an IR version or opset that this runtime does not know. Re-export with an older opset (17 always works).',
  ],
  [
    /external data|External initializer|external_data/i,
    'Its weights lie in another file, which is missing, unsafe or out of reach. Put the data file beside the model, or export into one file.',
  ],
  [/Protobuf parsing failed|INVALID_PROTOBUF/i, 'The file is not an ONNX model, or it is truncated.'],
  [
    /Failed to find kernel|not a registered function|NOT_IMPLEMENTED|No Op registered/i,
    'The graph uses an operator that this runtime does not have.',
  ],
  [
    /construct locale/i,
    'A text operator asks for a locale that this system does not have. Set its "locale" to "C.UTF-8".',
  ],
  [/File doesn't exist|No such file|system error number 2/i, 'The model file does not exist.'],
  [/bad_alloc|Failed to allocate memory/i, 'There is not enough memory for it.'],
];

const runCauses: readonly (readonly [RegExp, string])[] = [
  [
    /Non tensor type is temporarily not supported/,
    'An output is a sequence or a map, which the runtime cannot return.',
  ],
  [/indices element out of data bounds/, 'A value is outside of the range that the model knows.'],
  [/Got invalid dimensions for input|Invalid rank for input/, 'The shape of an input does not fit the model.'],
  [/Unexpected input data type/, 'The type of an input does not fit the model.'],
  [/bad_alloc|Failed to allocate memory/i, 'There was not enough memory for this run.'],
];

const causeIn = (causes: typeof loadCauses, error: unknown): string | undefined => {
  const text = error instanceof Error ? error.message : String(error);
  return causes.find(([pattern]) => pattern.test(text))?.[1];
};

/** What went wrong at load, in our words: the runtime's own text carries absolute paths and C++ source lines. */
export const describeLoadFailure = (error: unknown): string =>
  causeIn(loadCauses, error) ?? 'The runtime refused the graph: it is damaged, or it breaks the rules of ONNX.';

/** What went wrong in a run, in our words; never a path, a node name or a source line. */
export const describeRunFailure = (error: unknown): string =>
  `The model failed on this input. ${causeIn(runCauses, error) ?? 'The input passed all checks, so the fault is in the model.'}`;
