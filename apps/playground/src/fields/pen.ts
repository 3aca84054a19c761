import type { Picture } from './draft.ts';
import { urlOfPicture } from './picture-of-base64.ts';

/** In pixels of the canvas, not of the screen. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export function clearCanvas(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
}

export function drawLine(canvas: HTMLCanvasElement, from: Point, to: Point, widthPx: number): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.strokeStyle = '#111';
  context.lineWidth = widthPx;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

/** Paints a drawing that was made before, so that it can be gone on with. */
export async function paintPicture(canvas: HTMLCanvasElement, picture: Picture): Promise<void> {
  const image = new Image();
  image.src = urlOfPicture(picture);
  await image.decode();
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
}
