import type { ImageField } from '../server/model-description.ts';
import { CameraView } from './camera-view.tsx';
import type { ControlProps } from './control-props.ts';
import { DRAWING_NAME } from './draft.ts';
import type { Picture } from './draft.ts';
import { DrawingPad } from './drawing-pad.tsx';
import { fieldTitle } from './field-title.ts';
import { FilePicker } from './file-picker.tsx';
import { PicturePreview } from './picture-preview.tsx';
import type { Camera } from './use-camera.ts';
import { usePictureSources } from './use-picture-sources.ts';

/** A place for one picture: drawn, dropped, pasted, chosen as a file or taken by a camera. */
export function ImageControl({ id, name, field, entry, onChange, describedBy }: ControlProps<ImageField>) {
  const show = (picture: Picture | undefined) => onChange({ isLeftOut: false, text: '', picture });
  const { camera, takeFile, isOver, dropHandlers, problem } = usePictureSources(id, show);
  const picture = entry.isLeftOut ? undefined : entry.picture;
  return (
    <div
      class={`image-control${isOver ? ' is-over' : ''}`}
      role="group"
      id={id}
      tabIndex={-1}
      aria-labelledby={`${id}-label`}
      aria-describedby={describedBy}
      {...dropHandlers}
    >
      <Sheet title={fieldTitle(name, field)} camera={camera} picture={picture} onPicture={show} />
      <div class="image-sources">
        <FilePicker label="Choose a file…" accept="image/png,image/jpeg,image/webp" onFile={takeFile} />
        {camera.isThere && camera.stream === undefined && (
          <button type="button" class="button is-small" onClick={camera.open}>
            Use the camera
          </button>
        )}
        <span class="image-tip">or drop or paste a picture</span>
      </div>
      <div role="alert" class="field-error">
        {problem}
      </div>
    </div>
  );
}

interface SheetProps {
  readonly title: string;
  readonly camera: Camera;
  readonly picture: Picture | undefined;
  readonly onPicture: (picture: Picture | undefined) => void;
}

/** What the camera sees, the picture, or the pad. */
function Sheet({ title, camera, picture, onPicture }: SheetProps) {
  if (camera.stream !== undefined) {
    return <CameraView stream={camera.stream} onPicture={onPicture} onClose={camera.close} />;
  }
  if (picture !== undefined && picture.fileName !== DRAWING_NAME) {
    return <PicturePreview picture={picture} onRemove={() => onPicture(undefined)} />;
  }
  return <DrawingPad title={title} picture={picture} onDrawn={onPicture} />;
}
