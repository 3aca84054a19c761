import { barsScale } from './bars-scale.ts';
import { formatNumber } from './format-number.ts';
import { rangeOf } from './tensor-shape.ts';

const PLOT = { width: 480, height: 120 };
const MOST_VALUES = 24;
/** As many as the plot has units: of more, the one furthest from zero stands for its neighbours. */
const MOST_BARS = PLOT.width;

/** A vector as bars from zero; short ones with their numbers. */
export function VectorPlot({ numbers }: { readonly numbers: readonly (number | null)[] }) {
  const { bars, zeroY } = barsScale(thinned(numbers), PLOT);
  const { min, max } = rangeOf(numbers);
  const summary = `${numbers.length} numbers from ${formatNumber(min)} to ${formatNumber(max)}`;
  return (
    <figure class="plot">
      <svg viewBox={`0 0 ${PLOT.width} ${PLOT.height}`} preserveAspectRatio="none" role="img" aria-label={summary}>
        {bars.map((bar, index) => bar !== null && <rect key={index} {...bar} height={Math.max(bar.height, 0.75)} />)}
        <line x1={0} x2={PLOT.width} y1={zeroY} y2={zeroY} />
      </svg>
      {numbers.length <= MOST_VALUES ? (
        <ol class="vector-values" start={0}>
          {numbers.map((number, index) => (
            <li key={index}>
              <span class="index">{index}</span> {formatNumber(number)}
            </li>
          ))}
        </ol>
      ) : (
        <figcaption>{summary}</figcaption>
      )}
    </figure>
  );
}

function thinned(numbers: readonly (number | null)[]): readonly (number | null)[] {
  if (numbers.length <= MOST_BARS) return numbers;
  const size = numbers.length / MOST_BARS;
  return Array.from({ length: MOST_BARS }, (_, bar) => {
    const group = numbers.slice(Math.floor(bar * size), Math.floor((bar + 1) * size));
    return group.reduce((most, number) => (Math.abs(number ?? 0) > Math.abs(most ?? 0) ? number : most), group[0]!);
  });
}
