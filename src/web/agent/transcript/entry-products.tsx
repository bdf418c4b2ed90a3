import { useState } from 'react';
import { PictureIcon } from '../../chat/icons';
import type { Product } from '../api/types';
import { useWords } from '../texts';

/** Product cards as they were shown, small. */
export function EntryProducts({ products }: { readonly products: readonly Product[] }) {
  const { texts } = useWords();
  if (products.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <ul className="entry-products" aria-label={texts.productsShown} tabIndex={0}>
      {products.map((product, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cards of an answer never change places.
        <li key={index}>
          <ProductLine product={product} />
        </li>
      ))}
    </ul>
  );
}

/** A product in a line: picture, name, price. */
export function ProductLine({ product }: { readonly product: Product }) {
  const { title, price, imagePath, stock } = product;
  const [failed, setFailed] = useState(false);
  const path = pictureAddress(imagePath);
  return (
    <span className="product-line">
      {path === undefined || failed ? (
        <span className="product-picture">
          <PictureIcon />
        </span>
      ) : (
        <img className="product-picture" src={path} alt="" loading="lazy" onError={() => setFailed(true)} />
      )}
      <span className="product-words">
        <span className="product-title" dir="auto" title={title}>
          {title}
        </span>
        <span className="product-price">
          {price}
          {stock && <span className="quiet"> · {stock}</span>}
        </span>
      </span>
    </span>
  );
}

/** A picture of this server; `/pictures/../…` would be something else. */
function pictureAddress(path: string | undefined): string | undefined {
  return path?.startsWith('/pictures/') && !path.split('/').includes('..') ? path : undefined;
}
