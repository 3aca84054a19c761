import type { Dialect } from './literal.ts';
import { quoteHereJson, quoteJavaScript, quoteJson, quotePython } from './quote-text.ts';

/** JSON has no word for what is not finite: nothing that holds it is printed so, but for texts that say it in gRPC. */
const JSON_WORDS = {
  null: 'null',
  true: 'true',
  false: 'false',
  NaN: '"NaN"',
  Infinity: '"Infinity"',
  '-Infinity': '"-Infinity"',
  '-0': '-0',
} as const;

export const json: Dialect = { words: JSON_WORDS, padding: '', trailing: '', quote: quoteJson, key: quoteJson };

/** JSON in a here-document of a shell. */
export const hereJson: Dialect = { ...json, quote: quoteHereJson, key: quoteHereJson };

export const javaScript: Dialect = {
  words: { ...JSON_WORDS, NaN: 'NaN', Infinity: 'Infinity', '-Infinity': '-Infinity' },
  padding: ' ',
  trailing: ',',
  quote: quoteJavaScript,
  key: (name) => {
    if (name === '__proto__') return "['__proto__']";
    return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoteJavaScript(name);
  },
};

/** With numpy imported as `np`. */
export const python: Dialect = {
  words: {
    null: 'None',
    true: 'True',
    false: 'False',
    NaN: 'np.nan',
    Infinity: 'np.inf',
    '-Infinity': '-np.inf',
    '-0': '-0.0',
  },
  padding: '',
  trailing: ',',
  quote: quotePython,
  key: quotePython,
};
