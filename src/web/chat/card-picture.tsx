import { useState } from 'react';
import { PictureIcon } from './icons';
import type { Picture } from './product';
import { useSpeech } from './texts';

/** A product's picture, or a sign that there is none. */
export function CardPicture({ picture }: { readonly picture: Picture | undefined }) {
  const { texts } = useSpeech();
  const [failed, setFailed] = useState<string>();
  if (picture === undefined || failed === picture.url) {
    return (
      <div className="card-picture card-picture-missing">
        <PictureIcon />
        <span>{texts.noPicture}</span>
      </div>
    );
  }
  return (
    <div className="card-picture">
      <img src={picture.url} alt={picture.alt} onError={() => setFailed(picture.url)} draggable={false} />
    </div>
  );
}
