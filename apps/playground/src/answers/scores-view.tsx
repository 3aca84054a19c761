import { useState } from 'preact/hooks';
import type { ScoresField } from '../server/model-description.ts';
import { formatNumber, formatPercent } from './format-number.ts';
import type { OutputProps } from './output-props.ts';
import { scoreBars } from './scores-scale.ts';
import type { ScoreBar } from './scores-scale.ts';

const MOST_BARS = 12;

/** A bar per label. Of many labels the highest, in order; all of them on demand. */
export function ScoresView({ value }: OutputProps<ScoresField>) {
  const [showsAll, setShowsAll] = useState(false);
  const { bars, areShares } = scoreBars((value ?? {}) as Record<string, unknown>);
  const isLong = bars.length > MOST_BARS;
  const shown = isLong && !showsAll ? highest(bars) : bars;
  return (
    <div class="scores">
      <ul>
        {shown.map((bar) => (
          <li key={bar.label} class={`${bar.isBest ? 'is-best' : ''}${(bar.score ?? 0) < 0 ? ' is-negative' : ''}`}>
            <span class="score-label">{bar.label}</span>
            <span class="score-track" aria-hidden="true">
              <span style={{ width: `${bar.share * 100}%` }} />
            </span>
            <span class="score-value">
              {areShares && bar.score !== null ? formatPercent(bar.score) : formatNumber(bar.score)}
            </span>
          </li>
        ))}
      </ul>
      {isLong && (
        <button type="button" class="button is-small" onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? `Show the ${MOST_BARS} highest` : `Show all ${bars.length}`}
        </button>
      )}
    </div>
  );
}

const highest = (bars: readonly ScoreBar[]): readonly ScoreBar[] =>
  bars.toSorted((a, b) => (b.score ?? -Infinity) - (a.score ?? -Infinity)).slice(0, MOST_BARS);
