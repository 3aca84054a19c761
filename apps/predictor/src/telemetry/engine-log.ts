import type { ModelPackage } from '@web-single/model-package';
import type { EngineEvent } from '@web-single/model-runtime';
import type { Logger } from 'pino';

const MESSAGES: Readonly<Record<EngineEvent['type'], string>> = {
  crashed: 'An engine process died.',
  hung: 'An engine process was killed: a run did not end.',
  'over-memory': 'An engine process was killed: it held more memory than it may.',
  restarting: 'An engine process is started again after a pause.',
  started: 'An engine process is up again.',
};

/** One line for each thing that happens to an engine process; a fault is an error, what follows from it is not. */
export function logEngineEvent(
  log: Logger,
  { name: model, version }: Pick<ModelPackage, 'name' | 'version'>,
  event: EngineEvent,
): void {
  const { type, ...facts } = event;
  const level = type === 'started' ? 'info' : type === 'restarting' ? 'warn' : 'error';
  log[level]({ event: `engine ${type}`, model, version, ...facts }, MESSAGES[type]);
}
