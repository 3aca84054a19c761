import { useState } from 'preact/hooks';
import type { Picture } from './draft.ts';
import { useDrawing } from './use-drawing.ts';
import { usePen } from './use-pen.ts';

const SIDE_PX = 280;

export interface DrawingPadProps {
  /** Of the field. */
  readonly title: string;
  /** The drawing so far, where it comes from elsewhere: a link, or back in the history. */
  readonly picture: Picture | undefined;
  readonly onDrawn: (picture: Picture | undefined) => void;
}

/** Dark strokes on white, in both themes; the picture goes out when the pen is lifted. */
export function DrawingPad({ title, picture, onDrawn }: DrawingPadProps) {
  const { canvas, finish } = useDrawing(picture, onDrawn);
  const [penPx, setPenPx] = useState(18);
  const label = `${title}: draw here. With the keyboard, choose a file or an example.`;
  return (
    <div class="pad">
      <div class="pad-sheet">
        <canvas
          ref={canvas}
          width={SIDE_PX}
          height={SIDE_PX}
          role="img"
          aria-label={label}
          {...usePen(penPx, finish)}
        />
        {picture === undefined && <span class="pad-tip">Draw here</span>}
      </div>
      <div class="pad-tools">
        <label>
          Pen
          <input
            type="range"
            min={4}
            max={40}
            value={penPx}
            onInput={({ currentTarget }) => setPenPx(Number(currentTarget.value))}
          />
        </label>
        <button type="button" class="button is-small" disabled={!picture} onClick={() => onDrawn(undefined)}>
          Clear
        </button>
      </div>
    </div>
  );
}
