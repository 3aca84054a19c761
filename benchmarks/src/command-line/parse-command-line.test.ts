import { describe, expect, it } from 'vitest';
import { optional, packageFolder, positiveNumber, positiveNumbers, someOf, wholeNumber } from './option-kinds.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { usageOf } from './read-command-line.ts';

const table = {
  minutes: wholeNumber('30', { most: 60 }),
  rate: optional(positiveNumber('500')),
  loads: positiveNumbers('0.5,10'),
  fruit: someOf([{ name: 'apple' }, { name: 'pear' }]),
  model: packageFolder('models/digits'),
  long: 'flag',
} as const;

describe('parseCommandLine', () => {
  it('takes the defaults for what is left out', () => {
    expect(parseCommandLine(table, [])).toEqual({
      values: { minutes: 30, rate: undefined, loads: [0.5, 10], fruit: undefined, model: 'models/digits', long: false },
    });
  });

  it('reads what is given, with and without an equals sign', () => {
    const words = ['--', '--minutes=2', '--rate', '0.5', '--loads', '3', '--fruit', 'pear, apple', '--long'];
    expect(parseCommandLine(table, words)).toMatchObject({
      values: { minutes: 2, rate: 0.5, loads: [3], fruit: [{ name: 'apple' }, { name: 'pear' }], long: true },
    });
  });

  it('tells all that is wrong at once, each with what was expected and what came', () => {
    const words = [
      '--minutes',
      'x',
      '--rate=-1',
      '--loads',
      '1,,2',
      '--fruit',
      'plum',
      '--model',
      '/nope',
      '--bogus',
      'y',
    ];
    expect(parseCommandLine(table, words)).toEqual({
      problems: [
        'There is no option --bogus.',
        'There is no option before "y".',
        '--minutes: expected a whole number from 1 to 60, got "x".',
        '--rate: expected a number above 0, got "-1".',
        '--loads: expected numbers above 0 with commas between, got "1,,2".',
        '--fruit: expected names with commas between, of apple, pear, got "plum".',
        '--model: expected a folder with a model package and its golden.jsonl, got "/nope".',
      ],
    });
  });

  it.each([['0'], ['61'], ['1.5'], ['-1'], ['']])('takes no %s for a whole number from 1 to 60', (word) => {
    expect(parseCommandLine(table, ['--minutes', word])).toHaveProperty('problems.length', 1);
  });

  it('asks for the word of an option that stands alone', () => {
    expect(parseCommandLine(table, ['--rate'])).toEqual({ problems: ['--rate: expected a number above 0, got "".'] });
  });
});

describe('usageOf', () => {
  it('has a line for every option', () => {
    expect(usageOf('benchmarks:soak', { minutes: table.minutes, rate: table.rate, long: 'flag' })).toBe(
      'npx nx run benchmarks:soak -- [options]\n' +
        '  --minutes N: a whole number from 1 to 60; by default 30\n' +
        '  --rate N: a number above 0\n' +
        '  --long\n',
    );
  });

  it('says where there is none', () => {
    expect(usageOf('benchmarks:stalls', {})).toContain('There are no options.');
  });
});
