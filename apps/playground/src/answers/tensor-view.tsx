import type { TensorField } from '../server/model-description.ts';
import { formatNumber } from './format-number.ts';
import { HeatMap } from './heat-map.tsx';
import { JsonView } from './json-view.tsx';
import type { OutputProps } from './output-props.ts';
import { flatNumbers, shapeOf } from './tensor-shape.ts';
import { VectorPlot } from './vector-plot.tsx';

const MOST_SLICES = 12;

/** A tensor by its shape: a number, bars, a heat map, or heat maps of its last two dimensions. */
export function TensorView(props: OutputProps<TensorField>) {
  const { field, value } = props;
  const shape = shapeOf(value);
  const isEmpty = shape.includes(0);
  return (
    <div class="tensor">
      <p class="tensor-facts">
        {field.dtype} [{shape.join(', ')}]{isEmpty && ': empty'}
      </p>
      {!isEmpty &&
        (field.dtype === 'string' || value === null ? <JsonView {...props} /> : <Picture {...{ value, shape }} />)}
    </div>
  );
}

function Picture({ value, shape }: { readonly value: unknown; readonly shape: readonly number[] }) {
  if (shape.length === 0) return <p class="number-answer">{formatNumber(value)}</p>;
  if (shape.length === 1) return <VectorPlot numbers={flatNumbers(value)} />;
  const slices = slicesOf(value, shape.length);
  return (
    <div class="slices">
      {slices.slice(0, MOST_SLICES).map((rows, index) => (
        <HeatMap key={index} rows={rows} />
      ))}
      {slices.length > MOST_SLICES && (
        <p>
          The first {MOST_SLICES} of {slices.length}; all are in the JSON.
        </p>
      )}
    </div>
  );
}

/** Every matrix of the last two dimensions, in order. */
function slicesOf(value: unknown, rank: number): readonly (readonly (readonly unknown[])[])[] {
  const nested = value as readonly (readonly unknown[])[];
  return rank === 2 ? [nested] : nested.flatMap((part) => slicesOf(part, rank - 1));
}
