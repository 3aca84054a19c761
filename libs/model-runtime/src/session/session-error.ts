const loadCauses: readonly (readonly [RegExp, string])[] = [
  [
    /Type parameter \(\w+\) of Optype \((?<operator>\w+)\) bound to different types \(tensor\((?<one>\w+)\) and tensor\((?<other>\w+)\)/,
    'An operator "$<operator>" is given $<one> beside $<other>, which it cannot take together. Export it again from columns of one type: scikit-learn frames by frame.astype({column: "float32"}) for every column of numbers.',
  ],
  [
    /Type \(tensor\((?<one>\w+)\)\) of output arg .* of node .*does not match expected type \(tensor\((?<other>\w+)\)\)/,
    'An output is declared $<one>, but its operator gives $<other>. Export the model again; scikit-learn models from float32 samples: to_onnx(model, X[:1].astype(numpy.float32)).',
  ],
  [
    /Type 'tensor\((?<one>\w+)\)' of input parameter \(.*\) of operator \((?<operator>\w+)\)/,
    'An operator "$<operator>" is given $<one>, which it does not take. Export the model again; scikit-learn models from float32 samples: to_onnx(model, X[:1].astype(numpy.float32)).',
  ],
  [
    /Duplicate definition of name|must be in single static assignment/i,
    'Two operators make a value of the same name. Export it again.',
  ],
  [/Integer division by zero/, 'It divides integers by a constant 0. Export it again.'],
  [
    /Unrecognized attribute: (?<attribute>\w+) for operator (?<operator>\w+)/,
    'The runtime knows no attribute "$<attribute>" of operator "$<operator>". Export it again with an older opset.',
  ],
  [
    /Batchwise recurrent operations \(layout == 1\)/,
    'A recurrent operator has layout 1, rows first, which the runtime does not run. Export it again with layout 0.',
  ],
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
    /(?:Could not find an implementation|Failed to find kernel) for (?<operator>\w+)\(/,
    'The runtime has no operator "$<operator>" for such types. Export the model again; scikit-learn models from float32 samples: to_onnx(model, X[:1].astype(numpy.float32)).',
  ],
  [
    /(?:Fatal error: |No Op registered for )(?<operator>[\w.:]+)(?:\(-?\d+\) is not a registered function| with domain_version)/,
    'The runtime has no operator "$<operator>". Export it again with standard operators and an older opset (17 always works).',
  ],
  [
    /Failed to find kernel|not a registered function|NOT_IMPLEMENTED|No Op registered/i,
    'The graph uses an operator that this runtime does not have. Export it again with standard operators and an older opset (17 always works).',
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

/** Failures that follow from the types of the graph alone: every input brings them. */
const typeCauses: readonly (readonly [RegExp, string])[] = [
  [/running Mod node.*\bfmod was false/s, 'Operator "Mod" takes floating point numbers only with fmod=1.'],
];

/** Failures that follow from the shapes of the inputs alone: no values make them go away. */
const shapeCauses: readonly (readonly [RegExp, string])[] = [
  [
    /(?<operator>Reduce\w+) is not defined for empty set with (?<type>\w+) type/,
    'Operator "$<operator>" has no answer for no elements of $<type>.',
  ],
  [
    /running (?<operator>\w+) node.*Non per-tensor quantization is not supported/s,
    'Operator "$<operator>" takes one zero point for the whole tensor, not one per channel.',
  ],
  [
    /running (?<operator>\w+) node.*inconsistent total_sequence_length/s,
    'Operator "$<operator>" wants a mask as long as the whole sequence.',
  ],
];

/** The sentence of the first cause that matches; it names operators and types by the groups of its pattern. */
const causeIn = (causes: typeof loadCauses, error: unknown): string | undefined => {
  const text = error instanceof Error ? error.message : String(error);
  for (const [pattern, sentence] of causes) {
    const groups = pattern.exec(text)?.groups;
    if (pattern.test(text)) return sentence.replaceAll(/\$<(\w+)>/g, (_, name: string) => groups?.[name] ?? '');
  }
  return undefined;
};

/** What went wrong at load, in our words: the runtime's own text carries absolute paths and C++ source lines. */
export const describeLoadFailure = (error: unknown): string =>
  causeIn(loadCauses, error) ??
  'The runtime refused the graph: it is damaged, or it breaks the rules of ONNX. "onnx.checker.check_model(path, full_check=True)" in Python says more; then export it again.';

const typeFault = 'The runtime cannot run this graph.';
const shapeFault = 'The runtime cannot run this graph with inputs of these shapes.';

/** True for a message of `describeRunFailure` that every input would bring; with `fixedShapes` callers can send no other ones. */
export const isUnavoidable = (message: string, fixedShapes: boolean): boolean =>
  message.startsWith(typeFault) || (fixedShapes && message.startsWith(shapeFault));

/** What went wrong in a run, in our words; never a path, a node name or a source line. */
export const describeRunFailure = (error: unknown): string => {
  const ofTypes = causeIn(typeCauses, error);
  if (ofTypes !== undefined) return `${typeFault} ${ofTypes}`;
  const ofShapes = causeIn(shapeCauses, error);
  return ofShapes === undefined ? describeValueFailure(error) : `${shapeFault} ${ofShapes}`;
};

const describeValueFailure = (error: unknown): string =>
  `The model failed on this input. ${causeIn(runCauses, error) ?? 'The input passed all checks, so the fault is in the model.'}`;
