import { useEffect, useRef } from 'preact/hooks';
import type { Picture } from './draft.ts';
import { pictureOfBase64 } from './picture-of-base64.ts';

export interface CameraViewProps {
  readonly stream: MediaStream;
  readonly onPicture: (picture: Picture) => void;
  readonly onClose: () => void;
}

/** What the camera sees, and a button that takes it as a JPEG. */
export function CameraView({ stream, onPicture, onClose }: CameraViewProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  const take = () => {
    if (video.current !== null) onPicture(pictureOf(video.current));
    onClose();
  };
  return (
    <div class="camera">
      <video ref={video} autoPlay playsInline muted aria-label="Camera" />
      <div class="small-buttons">
        <button type="button" class="button is-small is-primary" onClick={take}>
          Take the picture
        </button>
        <button type="button" class="button is-small" onClick={onClose}>
          Close the camera
        </button>
      </div>
    </div>
  );
}

function pictureOf(video: HTMLVideoElement): Picture {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const url = canvas.toDataURL('image/jpeg', 0.9);
  return pictureOfBase64(url.slice(url.indexOf(',') + 1), 'camera.jpg');
}
