import { useEffect, useRef } from 'preact/hooks';

/** A picture pasted anywhere on the page goes to the control that has the focus, else to the first. */
export function usePastedPicture(id: string, take: (file: File) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const follow = (event: ClipboardEvent): void => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (file === undefined || receiver()?.id !== id) return;
      event.preventDefault();
      latest.current(file);
    };
    document.addEventListener('paste', follow);
    return () => document.removeEventListener('paste', follow);
  }, [id]);
}

function receiver(): Element | null {
  return document.activeElement?.closest('.image-control') ?? document.querySelector('.image-control');
}
