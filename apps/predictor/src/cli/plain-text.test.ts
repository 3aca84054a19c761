import { describe, expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

describe('plainText', () => {
  it('takes its power over a terminal from a text, and leaves lines, tabs and letters', () => {
    expect(plainText('a\u001b[2J\u0007\u009b1m\r\nb\té 漢')).toBe('a\ufffd[2J\ufffd\ufffd1m\ufffd\nb\té 漢');
  });
});
