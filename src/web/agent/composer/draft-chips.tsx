import { CloseIcon, PictureIcon } from '../../chat/icons';
import type { Product } from '../api/types';
import type { DraftFile } from '../desk/drafts';
import { useWords } from '../texts';
import { ProductLine } from '../transcript/entry-products';

interface DraftChipsProps {
  readonly files: readonly DraftFile[];
  readonly products: readonly Product[];
  readonly onFile: (file: DraftFile) => void;
  readonly onRetry: (file: DraftFile) => void;
  readonly onProduct: (product: Product) => void;
}

/** The pictures and products that go with the next message, each with a button that takes it back; the composer says what is wrong with one. */
export function DraftChips({ files, products, onFile, onRetry, onProduct }: DraftChipsProps) {
  const { texts, say } = useWords();
  if (files.length + products.length === 0) return null;
  return (
    <ul className="draft-chips">
      {files.map((file) => (
        <li key={file.key} data-failed={file.problem !== undefined}>
          {file.problem === 'unsupportedFile' ? <PictureIcon /> : <img src={file.url} alt="" />}
          <span className="draft-name">{file.name}</span>
          {(file.problem === 'uploadFailed' || file.problem === 'notReached') && (
            <button type="button" className="link" onClick={() => onRetry(file)}>
              {texts.retry}
            </button>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label={say('removeFile', { name: file.name })}
            onClick={() => onFile(file)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
      {products.map((product) => (
        <li key={product.productId}>
          <ProductLine product={product} />
          <button
            type="button"
            className="icon-button"
            aria-label={say('removeFile', { name: product.title })}
            onClick={() => onProduct(product)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}
