import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError, settingsTable } from './settings.ts';

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
  }
  return [];
}

describe('readSettings', () => {
  it('has a default for everything', () => {
    expect(readSettings({})).toMatchObject({ HOST: '127.0.0.1', PORT: 3000, CORS_ORIGINS: '', DRAIN_DELAY_MS: 0 });
  });

  it('counts an empty variable as unset and ignores foreign ones', () => {
    expect(readSettings({ PORT: '', PATH: '/bin' }).PORT).toBe(3000);
  });

  it.each(['', ' 80', '1e3', '0x50', '-1', '65536', '80.5', 'http'].filter((text) => text !== ''))(
    'refuses PORT=%j',
    (text) => {
      expect(() => readSettings({ PORT: text })).toThrow(SettingsError);
    },
  );

  it('names every problem, with what was got', () => {
    expect(problemsOf({ PORT: 'abc', GRPC_PORT: 'on', LOG_LEVEL: 'loud', MAX_WAIT_MS: '0' })).toEqual([
      expect.stringMatching(/^Setting PORT: expected a whole number, got "abc"\. HTTP port/),
      expect.stringMatching(/^Setting GRPC_PORT: expected off or a whole number from 0 to 65535, got "on"\. /),
      expect.stringMatching(/^Setting MAX_WAIT_MS: expected a whole number from 1 to 3600000, got "0"\. /),
      expect.stringMatching(/^Setting LOG_LEVEL: expected debug, info, warn, error or silent, got "loud"\. /),
    ]);
  });

  it('repeats no control character, and no end of a long value', () => {
    const [problem = ''] = problemsOf({ PORT: `\u001b[2J${'x'.repeat(10_000)}` });
    expect(problem).toMatch(/^[\x20-\x7e…]{1,300}$/);
  });
});

describe('settingsTable', () => {
  it('explains every setting in a sentence', () => {
    for (const { name, description } of settingsTable()) expect(`${name}: ${description}`).toMatch(/: .+\.$/);
  });

  it('gives defaults as a variable holds them', () => {
    const defaults = Object.fromEntries(settingsTable().map(({ name, defaultValue }) => [name, defaultValue]));
    expect(defaults).toMatchObject({ HOST: '127.0.0.1', PORT: '3000', DEFAULT_MODEL: '' });
    expect(readSettings(defaults)).toEqual(readSettings({}));
  });
});
