import type { PointerEvent } from 'react';

const PEN_SHARE = 0.07;

/** Where the pointer is, in the canvas's own pixels. */
export function pointOf({ currentTarget, clientX, clientY }: PointerEvent<HTMLCanvasElement>) {
  const { left, top, width, height } = currentTarget.getBoundingClientRect();
  return {
    x: ((clientX - left) / width) * currentTarget.width,
    y: ((clientY - top) / height) * currentTarget.height,
  };
}

/** White paper: a picture without one would be transparent, and black on black. */
export function clearPaper(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
}

/** A stroke from one point to the next, as wide as a felt pen on paper. */
export function drawStroke(
  canvas: HTMLCanvasElement,
  from: { x: number; y: number },
  to: { x: number; y: number },
): void {
  const context = canvas.getContext('2d')!;
  context.lineWidth = canvas.width * PEN_SHARE;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = '#111';
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}
