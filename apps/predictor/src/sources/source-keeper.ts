import {
  openModels,
  PackageError,
  retry,
  SourceError,
  sourceKey,
  type FetchedModel,
  type ModelFetcher,
  type ModelPackage,
  type OpenOptions,
  type RetryClock,
  type SourceUri,
} from '@web-single/model-package';
import type { Serving } from '@web-single/serving';
import type { Logger } from 'pino';
import type { ModelOwners } from './model-owners.ts';
import type { Turns } from './turns.ts';

export interface KeeperParts {
  readonly fetcher: Pick<ModelFetcher, 'fetch' | 'probe'>;
  readonly serving: Serving;
  readonly openOptions: OpenOptions;
  readonly owners: ModelOwners;
  /** Models are proven two at a time, as those of local paths. */
  readonly proving: Turns;
  readonly log: Logger;
  readonly clock: RetryClock;
  readonly random: () => number;
  readonly signal: AbortSignal;
}

/** What `/readyz` says of a source. */
export interface SourceStatus {
  /** The URI without what opens it. */
  readonly source: string;
  readonly state: 'idle' | 'fetching' | 'proving' | 'waiting' | 'active';
  /** Why the last attempt failed, while it is waiting for the next. */
  readonly message?: string;
}

const PROBE_EVERY_MS = 60_000;

/** Brings the models of one URI into service: attempts until they serve, and then watches whether the source still answers. */
export class SourceKeeper {
  readonly uri: SourceUri;
  readonly #parts: KeeperParts;
  #status: Pick<SourceStatus, 'state' | 'message'> = { state: 'idle' };
  #fetched: FetchedModel | undefined;
  #isUp: boolean | undefined;

  constructor(uri: SourceUri, parts: KeeperParts) {
    this.uri = uri;
    this.#parts = parts;
  }

  get status(): SourceStatus {
    return { source: this.uri.shown, ...this.#status };
  }

  /** Whether the source answered when it was asked last; undefined where it never was. */
  get isUp(): boolean | undefined {
    return this.#isUp;
  }

  /** Where what it brought last lies. */
  get path(): string | undefined {
    return this.#fetched?.path;
  }

  /** True where it may bring a model of this name: it has, or nobody knows yet what it brings. */
  mayBring(name: string): boolean {
    const known = this.#parts.owners.namesOf(sourceKey(this.uri));
    return known === undefined || known.includes(name);
  }

  /** Resolves once the models serve; rejects only where the signal ends it. */
  async bring(): Promise<void> {
    const { serving, clock, random, signal, log } = this.#parts;
    const expected = serving.expect();
    const onFailure = (error: unknown, attempt: number, retryInMs: number): void => {
      expected.tried();
      const message = messageOf(error);
      const reason = error instanceof SourceError ? error.reason : 'model';
      this.#status = { state: 'waiting', message: `${message} Attempt ${attempt} failed; the next follows.` };
      const err = isForeseen(error) ? {} : { err: error };
      const fields = { event: 'source failed', source: this.uri.shown, reason, attempt, retryInMs, message, ...err };
      log.warn(fields, 'A source of models did not deliver.');
    };
    await retry(() => this.#attempt(), { clock, random, signal, onFailure });
    expected.tried();
    expected.fulfil();
    this.#status = { state: 'active' };
    this.#watch();
  }

  /** Fetches again and opens what came; the caller brings it up. Rejects with `PackageError`. */
  async open(): Promise<ModelPackage[]> {
    try {
      return await this.#open();
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      throw new PackageError([{ where: this.uri.shown, message: error.message }]);
    }
  }

  async #attempt(): Promise<void> {
    this.#status = { ...this.#status, state: 'fetching' };
    const packages = await this.#open();
    this.#status = { ...this.#status, state: 'proving' };
    const failures = await this.#parts.proving.run(() => this.#parts.serving.bringUp(packages));
    if (failures.length === 0) return;
    throw new PackageError(
      failures.map(({ model, version, error }) => ({ where: `${model} ${version}`, message: error.message })),
    );
  }

  async #open(): Promise<ModelPackage[]> {
    const { fetcher, openOptions, owners, signal } = this.#parts;
    const fetched = await this.#fetch(() => fetcher.fetch(this.uri, signal));
    const packages = await openModels([fetched.path], openOptions);
    owners.claim(sourceKey(this.uri), packages);
    this.#fetched = fetched;
    return packages;
  }

  async #fetch(ask: () => Promise<FetchedModel>): Promise<FetchedModel> {
    try {
      const fetched = await ask();
      if (fetched.isAsked) this.#isUp = true;
      return fetched;
    } catch (error) {
      if (error instanceof SourceError && error.reason !== 'cache') this.#isUp = false;
      throw error;
    }
  }

  /** Asks from time to time whether the source is there: what serves does not depend on it, the next start does. */
  #watch(): void {
    const { clock, signal } = this.#parts;
    if (signal.aborted) return;
    clock.schedule(() => void this.#probe().then(() => this.#watch()), PROBE_EVERY_MS);
  }

  async #probe(): Promise<void> {
    const { fetcher, log, signal } = this.#parts;
    const was = this.#isUp;
    try {
      await fetcher.probe(this.uri, signal);
      this.#isUp = true;
      if (was === false) log.info({ event: 'source up', source: this.uri.shown }, 'A source of models answers again.');
    } catch (error) {
      if (signal.aborted) return;
      this.#isUp = false;
      const fields = { event: 'source down', source: this.uri.shown, message: messageOf(error) };
      if (was !== false) log.warn(fields, 'A source of models does not answer; what serves is not affected.');
    }
  }
}

function isForeseen(error: unknown): boolean {
  return error instanceof PackageError || error instanceof SourceError;
}

function messageOf(error: unknown): string {
  if (error instanceof PackageError)
    return error.problems.map(({ where, message }) => `${where}: ${message}`).join(' ');
  if (error instanceof SourceError) return error.message;
  return 'It failed for a reason that was not foreseen; the log has it.';
}
