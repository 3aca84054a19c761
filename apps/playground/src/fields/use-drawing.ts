import { useEffect, useRef } from 'preact/hooks';
import { DRAWING_NAME } from './draft.ts';
import type { Picture } from './draft.ts';
import { clearCanvas, paintPicture } from './pen.ts';
import { pictureOfBase64 } from './picture-of-base64.ts';

/** A canvas that shows the drawing it is given and hands out what was drawn on it. */
export function useDrawing(picture: Picture | undefined, onDrawn: (picture: Picture) => void) {
  const canvas = useRef<HTMLCanvasElement>(null);
  /** What stands on the canvas, in base64; null before anything does. */
  const shown = useRef<string | null | undefined>(null);
  useEffect(() => {
    if (canvas.current === null || picture?.base64 === shown.current) return;
    shown.current = picture?.base64;
    if (picture === undefined) clearCanvas(canvas.current);
    else void paintPicture(canvas.current, picture);
  }, [picture]);
  const finish = () => {
    const url = canvas.current!.toDataURL('image/png');
    const drawn = pictureOfBase64(url.slice(url.indexOf(',') + 1), DRAWING_NAME);
    shown.current = drawn.base64;
    onDrawn(drawn);
  };
  return { canvas, finish };
}
