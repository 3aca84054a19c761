import { useEffect, useRef } from 'preact/hooks';
import { formatNumber } from './format-number.ts';
import { heatScale } from './heat-scale.ts';
import type { HeatScale } from './heat-scale.ts';
import { flatNumbers } from './tensor-shape.ts';

const POSITIVE = [47, 140, 112] as const;
const NEGATIVE = [205, 110, 60] as const;
const SMALLEST_SIDE_PX = 96;

/** A matrix as cells, darker for more; green above zero and orange below where it has both. */
export function HeatMap({ rows }: { readonly rows: readonly (readonly unknown[])[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const numbers = flatNumbers(rows);
  const width = rows[0]?.length ?? 0;
  const scale = heatScale(numbers);
  const summary = `${rows.length} × ${width} numbers from ${formatNumber(scale.min)} to ${formatNumber(scale.max)}`;
  useEffect(() => {
    if (canvas.current !== null && width > 0) paint(canvas.current, numbers, scale);
  });
  const cellPx = Math.max(1, Math.min(32, Math.ceil(SMALLEST_SIDE_PX / Math.max(width, rows.length))));
  return (
    <figure class="plot">
      <canvas
        ref={canvas}
        class="heat-map"
        width={width}
        height={rows.length}
        style={{ width: `${width * cellPx}px` }}
        role="img"
        aria-label={summary}
      />
      <figcaption>{summary}</figcaption>
    </figure>
  );
}

function paint(canvas: HTMLCanvasElement, numbers: readonly (number | null)[], scale: HeatScale): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(canvas.width, canvas.height);
  numbers.forEach((number, index) => {
    if (number === null || index * 4 >= image.data.length) return;
    const alpha = Math.round(16 + 239 * scale.strengthOf(number));
    image.data.set([...(number < 0 && scale.isSigned ? NEGATIVE : POSITIVE), alpha], index * 4);
  });
  context.putImageData(image, 0, 0);
}
