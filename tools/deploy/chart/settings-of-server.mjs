import { readSettings, SettingsError, settingsTable } from '../../../apps/predictor/src/config/settings.ts';

/** The server's settings, as [{ name, description, schema }]. What a setting may be, the server's own reader says. */
export const settingsOfServer = () =>
  settingsTable().map(({ name, description }) => ({ name, description, schema: schemaOf(name) }));

/** What YAML holds for a setting: a number or a flag where its text stands for one. */
function schemaOf(name) {
  const expected = refusalOf(name, '\n');
  if (expected === undefined) return { type: 'string' };
  if (expected === 'true or false') return { type: 'boolean' };
  const [, minimum, maximum] = /from (\d+) to (\d+)$/.exec(refusalOf(name, '9'.repeat(15)) ?? '') ?? [];
  if (expected.endsWith('whole number')) return { type: 'integer', minimum: Number(minimum), maximum: Number(maximum) };
  return { enum: expected.split(/, | or /) };
}

/** What the server expects where it refuses this value, as its message says; undefined where it takes it. */
function refusalOf(name, value) {
  try {
    readSettings({ [name]: value });
    return undefined;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const [, expected] = /: expected (.+?)(, got .*)?\. /.exec(error.problems[0]) ?? [];
    if (expected === undefined)
      throw new Error(`"${error.problems[0]}" does not say what setting ${name} may be.`, { cause: error });
    return expected;
  }
}
