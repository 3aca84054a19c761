import { readSettings, SettingsError, settingsTable } from '../../../apps/predictor/src/config/settings.ts';
import { collector, contract } from './objects.mjs';

/**
 * Environment, ports and drain of a container of the image, on any platform. `env`: variables by name, secrets as "(secret)";
 * `others`: names that the user added. The server's own reader judges the values.
 */
export function checkServer({ env, others = [], graceSeconds, preStopSeconds = 0 }, owner) {
  const { problems, unless } = collector();
  const settings = settingsTable().map(({ name }) => name);
  for (const name of Object.keys(env))
    unless(
      settings.includes(name) || name in contract.otherVariables || others.includes(name),
      `${owner}: the image knows no variable ${name}`,
    );
  // What users add is theirs.
  const ours = Object.entries(env).filter(([name]) => !others.includes(name));
  const environment = { ...contract.environment, ...Object.fromEntries(ours) };
  let read;
  try {
    read = readSettings(environment);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return [...problems, ...error.problems.map((problem) => `${owner}: ${problem}`)];
  }
  const drainMs = preStopSeconds * 1000 + read.DRAIN_DELAY_MS + read.DRAIN_TIMEOUT_MS;
  unless(
    drainMs + contract.drainMarginMs <= graceSeconds * 1000,
    `${owner}: a drain takes ${drainMs} ms and more, the grace period is ${graceSeconds} s`,
  );
  unless(
    read.HOST === '0.0.0.0' || read.HOST === '::',
    `${owner}: the ports bind ${read.HOST}, where nobody can call them`,
  );
  unless(new Set([read.PORT, read.GRPC_PORT, read.ADMIN_PORT]).size === 3, `${owner}: two listeners have one port`);
  unless(read.ADMIN_HOST === '127.0.0.1', `${owner}: the admin listener is open to others`);
  return problems;
}
