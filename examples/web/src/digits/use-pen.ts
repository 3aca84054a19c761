import { useRef, type PointerEvent } from 'react';
import { drawStroke, pointOf } from './strokes.ts';

type CanvasEvent = PointerEvent<HTMLCanvasElement>;

/** What a canvas needs to be drawn on with a mouse, a pen or a finger; `onStroke` is told of every finished stroke. */
export function usePen(onStroke: (canvas: HTMLCanvasElement) => void) {
  const last = useRef<{ x: number; y: number }>(null);
  const drawTo = (event: CanvasEvent, from: { x: number; y: number } | null) => {
    const point = pointOf(event);
    drawStroke(event.currentTarget, from ?? point, point);
    last.current = point;
  };
  const end = ({ currentTarget }: CanvasEvent) => {
    if (last.current === null) return;
    last.current = null;
    onStroke(currentTarget);
  };
  return {
    onPointerDown: (event: CanvasEvent) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      drawTo(event, null);
    },
    onPointerMove: (event: CanvasEvent) => last.current !== null && drawTo(event, last.current),
    onPointerUp: end,
    onPointerCancel: end,
  };
}
