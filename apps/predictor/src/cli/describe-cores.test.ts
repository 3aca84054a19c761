import { describe, expect, it } from 'vitest';
import { describeCores } from './describe-cores.ts';

describe('describeCores', () => {
  it.each([
    [2, 0, '2 may be used'],
    [2, 1, '2 may be used; 1 engine process of one thread beside this one'],
    [2, 3, '2 may be used; 3 engine processes of one thread each beside this one'],
  ])(
    'of %i cores and %i engine processes says how many there are, without sharing more out than there are',
    (...[cores, processes, text]) => {
      expect(describeCores(cores, processes)).toBe(text);
    },
  );
});
