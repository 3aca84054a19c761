import { useEffect, useState } from 'preact/hooks';
import type { Picture } from './draft.ts';
import { readPicture } from './read-picture.ts';
import { useCamera } from './use-camera.ts';
import { useDrop } from './use-drop.ts';
import { usePastedPicture } from './use-pasted-picture.ts';

/** Where a picture can come from: a file, a drop, the clipboard, the camera. `problem` says why the last one did not. */
export function usePictureSources(id: string, onPicture: (picture: Picture) => void) {
  const [problem, setProblem] = useState('');
  const camera = useCamera();
  const takeFile = (file: File) => {
    camera.close();
    setProblem('');
    readPicture(file, file.name).then(onPicture, (error: Error) => setProblem(error.message));
  };
  const { isOver, handlers } = useDrop(takeFile);
  usePastedPicture(id, takeFile);
  useEffect(() => setProblem(camera.problem), [camera.problem]);
  return { camera, takeFile, isOver, dropHandlers: handlers, problem };
}
