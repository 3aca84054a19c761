import { useEffect, useRef } from 'react';
import { clearPaper } from './strokes.ts';
import { usePen } from './use-pen.ts';

const SIDE_PIXELS = 280;

/** A pad to draw on; every finished stroke gives the picture so far as a PNG, clearing gives none. */
export function DrawingPad({ onPicture }: { readonly onPicture: (picture: Blob | undefined) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pen = usePen((drawn) => drawn.toBlob((picture) => onPicture(picture ?? undefined), 'image/png'));
  useEffect(() => clearPaper(canvas.current!), []);
  const clear = () => {
    clearPaper(canvas.current!);
    onPicture(undefined);
  };
  return (
    <div className="pad">
      <canvas
        ref={canvas}
        width={SIDE_PIXELS}
        height={SIDE_PIXELS}
        role="img"
        aria-label="Paper to draw a digit on"
        {...pen}
      />
      <button type="button" onClick={clear}>
        Clear
      </button>
    </div>
  );
}
