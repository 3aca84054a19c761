/** What the command line exits with. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  invalidModel: 3,
  network: 4,
  rowsFailed: 5,
  warnings: 6,
  interrupted: 130,
} as const;

/** What each means, for the help text. */
export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.ok, 'all is well'],
  [EXIT.failure, 'something failed that is not listed below'],
  [EXIT.usage, 'the command line, a setting or an input file cannot be used'],
  [EXIT.invalidModel, 'a model cannot be served, or doctor found an error'],
  [EXIT.network, 'an address or a server cannot be reached'],
  [EXIT.rowsFailed, 'predict: some rows have no answer (--on-error skip: 0)'],
  [EXIT.warnings, 'doctor: warnings, no error'],
  [EXIT.interrupted, 'ended by Ctrl-C; what was answered is written'],
];
