import { useEffect, useRef, useState } from 'preact/hooks';

export interface Camera {
  /** Whether this device has one that pages may ask for. */
  readonly isThere: boolean;
  readonly stream: MediaStream | undefined;
  readonly problem: string;
  readonly open: () => void;
  readonly close: () => void;
}

/** The camera, asked for on a click only and let go when it is closed or the control leaves the page. */
export function useCamera(): Camera {
  const [isThere, setThere] = useState(false);
  const [stream, setStream] = useState<MediaStream>();
  const [problem, setProblem] = useState('');
  const held = useRef<MediaStream>(undefined);
  const close = () => {
    held.current?.getTracks().forEach((track) => track.stop());
    held.current = undefined;
    setStream(undefined);
  };
  useEffect(() => {
    hasCamera().then(setThere, () => {});
    return close;
  }, []);
  const open = () => {
    setProblem('');
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).then(
      (opened) => setStream((held.current = opened)),
      (error: Error) => setProblem(`The camera could not be used: ${error.message}.`),
    );
  };
  return { isThere, stream, problem, open, close };
}

async function hasCamera(): Promise<boolean> {
  // Undefined on pages that came over plain http from elsewhere.
  const devices = (navigator as { mediaDevices?: MediaDevices }).mediaDevices;
  const found = await devices?.enumerateDevices();
  return found?.some(({ kind }) => kind === 'videoinput') ?? false;
}
