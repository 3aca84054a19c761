import type { Row, Tensor } from '@web-single/tensor';
import type { Session, Tensors } from '../session/session.ts';

/** Combinations of texts that are kept; a model of more runs whole. */
const mostPlaces = 1024;
/** Longer texts are no categories. */
const mostTextLength = 256;

/** By the text of a column the next column's, by that of the last one the place in the table. */
type Level = Map<string, Level | number>;

/** What the text part of a split graph gives, kept for each combination of texts that has come. */
export class TextTable {
  readonly #session: Session;
  readonly #names: readonly string[];
  readonly #root: Level = new Map();
  #places = 0;
  /** By output the rows of its tensor, one after the other. */
  readonly #kept = new Map<string, Float32Array>();
  #mixesRows = false;

  constructor(session: Session) {
    this.#session = session;
    this.#names = session.inputs.map(({ name }) => name);
  }

  /** The text part's outputs `[rows, …]`. Undefined where a row has something else than texts, or no place is left. */
  async outputsFor(rows: readonly Row[]): Promise<Tensors | undefined> {
    let places = this.#placesOf(rows);
    if (places === undefined) {
      const unknown = this.#unknownAmong(rows);
      if (unknown === undefined || !(await this.#learn(unknown))) return undefined;
      places = this.#placesOf(rows);
    }
    return places && this.#gather(places);
  }

  #placesOf(rows: readonly Row[]): Int32Array | undefined {
    const places = new Int32Array(rows.length);
    for (let index = 0; index < rows.length; index++) {
      const place = this.#placeOf(rows[index]!);
      if (place === undefined) return undefined;
      places[index] = place;
    }
    return places;
  }

  #placeOf(row: Row): number | undefined {
    let found: Level | number | undefined = this.#root;
    for (const name of this.#names) found = (found as Level | undefined)?.get(row[name] as string);
    return found as number | undefined;
  }

  /** One row of each combination that has no place yet. Undefined where there can be no place for one. */
  #unknownAmong(rows: readonly Row[]): readonly Row[] | undefined {
    const unknown = new Map<string, Row>();
    for (const row of rows) {
      const texts = this.#names.map((name) => row[name]);
      if (!texts.every((text) => typeof text === 'string' && text.length <= mostTextLength)) return undefined;
      if (this.#placeOf(row) === undefined) unknown.set(JSON.stringify(texts), row);
    }
    return this.#places + unknown.size <= mostPlaces ? [...unknown.values()] : undefined;
  }

  /** Each is run alone and beside the others: a graph where these differ mixes rows. */
  async #learn(rows: readonly Row[]): Promise<boolean> {
    const together = await this.#run(rows);
    for (const [index, row] of rows.entries()) {
      const alone = await this.#run([row]);
      this.#mixesRows ||= !isRowOf(together, alone, { index, count: rows.length });
      if (this.#mixesRows) return false;
      this.#keep(row, alone);
    }
    return true;
  }

  #run(rows: readonly Row[]): Promise<Tensors> {
    const feeds = this.#names.map((name): [string, Tensor] => {
      const data = rows.map((row) => row[name] as string);
      return [name, { dtype: 'string', shape: [rows.length, 1], data }];
    });
    return this.#session.run(Object.fromEntries(feeds));
  }

  #keep(row: Row, outputs: Tensors): void {
    // Another call may have learnt it meanwhile.
    if (this.#placeOf(row) !== undefined) return;
    for (const [name, { data }] of Object.entries(outputs)) {
      const kept = this.#kept.get(name) ?? new Float32Array(data.length * mostPlaces);
      kept.set(data as Float32Array, this.#places * data.length);
      this.#kept.set(name, kept);
    }
    const last = this.#names.length - 1;
    const level = this.#names.slice(0, last).reduce((inner, name) => levelIn(inner, row[name] as string), this.#root);
    level.set(row[this.#names[last]!] as string, this.#places++);
  }

  #gather(places: Int32Array): Tensors {
    const gathered: Record<string, Tensor> = {};
    for (const [name, kept] of this.#kept) {
      const width = kept.length / mostPlaces;
      const data = new Float32Array(places.length * width);
      for (let row = 0, at = 0; row < places.length; row++) {
        const from = places[row]! * width;
        for (let column = 0; column < width; column++) data[at++] = kept[from + column]!;
      }
      gathered[name] = { dtype: 'float32', shape: [places.length, width], data };
    }
    return gathered;
  }
}

const levelIn = (level: Level, text: string): Level => {
  const inner = (level.get(text) as Level | undefined) ?? new Map<string, Level | number>();
  level.set(text, inner);
  return inner;
};

/** True where `alone`, of one row, is row `index` of `together`, to the bit. */
const isRowOf = (
  together: Tensors,
  alone: Tensors,
  place: { readonly index: number; readonly count: number },
): boolean =>
  Object.entries(alone).every(([name, { shape, data }]) => {
    const all = together[name];
    const isRow = shape.length === 2 && shape[0] === 1 && all?.shape[0] === place.count && all.shape[1] === shape[1];
    return (
      isRow && (data as Float32Array).every((value, at) => Object.is(value, all.data[place.index * data.length + at]))
    );
  });
