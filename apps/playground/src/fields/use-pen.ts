import { useRef } from 'preact/hooks';
import { drawLine } from './pen.ts';
import type { Point } from './pen.ts';

/** One stroke at a time, whichever pointer makes it. */
export function usePen(widthPx: number, onLifted: () => void) {
  const last = useRef<Point>(undefined);
  const draw = (event: PointerEvent) => {
    const canvas = event.currentTarget as HTMLCanvasElement;
    const to = pointOf(canvas, event);
    drawLine(canvas, last.current ?? to, to, widthPx);
    last.current = to;
  };
  const lift = () => {
    if (last.current === undefined) return;
    last.current = undefined;
    onLifted();
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      (event.currentTarget as HTMLCanvasElement).setPointerCapture(event.pointerId);
      draw(event);
    },
    onPointerMove: (event: PointerEvent) => {
      if (last.current !== undefined) draw(event);
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}

function pointOf(canvas: HTMLCanvasElement, { clientX, clientY }: PointerEvent): Point {
  const box = canvas.getBoundingClientRect();
  return {
    x: ((clientX - box.left) * canvas.width) / box.width,
    y: ((clientY - box.top) * canvas.height) / box.height,
  };
}
