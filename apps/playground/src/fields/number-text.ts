const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** The number that a text says in decimal digits; undefined where it says none, or one beyond the doubles. */
export function numberOfText(text: string): number | undefined {
  const trimmed = text.trim();
  const value = NUMBER.test(trimmed) ? Number(trimmed) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

/** The numbers of a pasted row or column of several; undefined where it is none. */
export function numbersOfText(text: string): readonly number[] | undefined {
  const cells = text.trim().split(/[\s,;]+/);
  const values = cells.map(numberOfText);
  return cells.length > 1 && values.every((value) => value !== undefined) ? values : undefined;
}
