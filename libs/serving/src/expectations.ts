/** Something that will bring models whose names nobody knows until it has come. */
export interface Expectation {
  /** A first attempt is over, whatever came of it. */
  tried(): void;
  /** What was expected serves. */
  fulfil(): void;
}

/** What is still to come beside the models that are known by name. */
export class Expectations {
  readonly #open = new Map<Expectation, { tried: boolean }>();

  /** True while something is still to come. */
  get areOpen(): boolean {
    return this.#open.size > 0;
  }

  /** True once each has been attempted. */
  get areTried(): boolean {
    return [...this.#open.values()].every(({ tried }) => tried);
  }

  add(): Expectation {
    const state = { tried: false };
    const expectation: Expectation = {
      tried: () => void (state.tried = true),
      fulfil: () => void this.#open.delete(expectation),
    };
    this.#open.set(expectation, state);
    return expectation;
  }
}
