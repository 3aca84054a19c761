import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError, settingsTable } from './settings.ts';

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

  it('names every problem, never the value', () => {
    try {
      readSettings({ PORT: 'secret', LOG_LEVEL: 'loud', MAX_WAIT_MS: '0' });
      expect.unreachable();
    } catch (error) {
      const { problems } = error as SettingsError;
      expect(problems.map((problem) => problem.split(':')[0])).toEqual([
        'Setting PORT',
        'Setting MAX_WAIT_MS',
        'Setting LOG_LEVEL',
      ]);
      expect(problems.join()).not.toContain('secret');
    }
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
