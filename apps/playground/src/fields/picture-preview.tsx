import { useState } from 'preact/hooks';
import type { Picture } from './draft.ts';
import { sizeOfPicture, urlOfPicture } from './picture-of-base64.ts';

export interface PicturePreviewProps {
  readonly picture: Picture;
  readonly onRemove: () => void;
}

/** The picture that is sent, with its name and size. */
export function PicturePreview({ picture, onRemove }: PicturePreviewProps) {
  const sizeBytes = sizeOfPicture(picture);
  const [broken, setBroken] = useState<Picture>();
  return (
    <div class="preview">
      {broken === picture ? (
        <p class="preview-broken">This is no picture that a browser can show.</p>
      ) : (
        <img
          src={urlOfPicture(picture)}
          alt={`The picture that is sent: ${picture.fileName}`}
          onError={() => setBroken(picture)}
        />
      )}
      <div class="preview-facts">
        <span>
          {picture.fileName}, {sizeBytes < 1000 ? `${sizeBytes} bytes` : `${Math.round(sizeBytes / 1000)} kB`}
        </span>
        <button type="button" class="button is-small" onClick={onRemove}>
          Remove
        </button>
      </div>
    </div>
  );
}
