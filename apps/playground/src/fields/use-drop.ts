import { useState } from 'preact/hooks';

/** Takes the first file that is dropped on an element; `isOver` while one is held above it. */
export function useDrop(take: (file: File) => void) {
  const [isOver, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file !== undefined) take(file);
    },
  };
  return { isOver, handlers };
}
