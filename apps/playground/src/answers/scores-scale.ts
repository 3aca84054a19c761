export interface ScoreBar {
  readonly label: string;
  /** Null where the model's own score is no finite number. */
  readonly score: number | null;
  /** Of the width: 0 to 1. */
  readonly share: number;
  readonly isBest: boolean;
}

export interface ScoreBars {
  readonly bars: readonly ScoreBar[];
  /** All from 0 to 1: shown as percent. */
  readonly areShares: boolean;
}

/** Bars of the scores in their own order; shares as they are, other scores against the largest magnitude. */
export function scoreBars(scores: Readonly<Record<string, unknown>>): ScoreBars {
  const entries = Object.entries(scores).map(
    ([label, score]) => [label, typeof score === 'number' ? score : null] as const,
  );
  const numbers = entries.flatMap(([, score]) => (score === null ? [] : [score]));
  const areShares = numbers.every((score) => score >= 0 && score <= 1);
  const full = areShares ? 1 : Math.max(...numbers.map(Math.abs), Number.MIN_VALUE);
  const best = Math.max(...numbers);
  return {
    areShares,
    bars: entries.map(([label, score]) => ({
      label,
      score,
      share: score === null ? 0 : Math.min(1, Math.abs(score) / full),
      isBest: score === best,
    })),
  };
}
