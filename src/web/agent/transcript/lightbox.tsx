import { Dialog } from '../parts/dialog';
import { useWords } from '../texts';

/** A photo as large as the screen allows. */
export function Lightbox({ url, onClose }: { readonly url: string; readonly onClose: () => void }) {
  const { texts } = useWords();
  return (
    <Dialog title={texts.photoUnnamed} onClose={onClose} className="lightbox">
      <img src={url} alt={texts.photoUnnamed} />
    </Dialog>
  );
}
