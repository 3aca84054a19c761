import { channel } from 'node:diagnostics_channel';
import type { PredictionTiming } from './answer-facts.ts';
import type { ServingErrorCode } from './serving-error.ts';

/** One answered or refused prediction; durations in ms. */
export interface PredictionEvent {
  readonly model: string;
  readonly version: string;
  readonly rows: number;
  readonly code: 'OK' | ServingErrorCode | 'INTERNAL';
  readonly durationMs: number;
  /** Of an answered one. */
  readonly timing?: PredictionTiming;
}

/** One batch given to an engine. */
export interface BatchEvent {
  readonly model: string;
  readonly version: string;
  readonly rows: number;
  readonly durationMs: number;
  readonly beforeMs: number;
  readonly runMs: number;
  readonly afterMs: number;
}

/** A model version changed its state. */
export interface ModelEvent {
  readonly model: string;
  readonly version: string;
  readonly state: 'loading' | 'ready' | 'failed' | 'retired' | 'overridden';
  readonly message?: string;
}

/** What telemetry subscribes to; the serving lib itself writes no log line and counts nothing. */
export const servingChannels = {
  prediction: channel('web-single:prediction'),
  batch: channel('web-single:batch'),
  model: channel('web-single:model'),
} as const;
