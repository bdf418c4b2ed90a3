import { hooks } from 'botframework-webchat-api';
import { useId, useState } from 'react';
import { CardPicture } from './card-picture';
import { Gallery } from './gallery';
import { useHeart } from './hearts';
import { HeartIcon, OutIcon } from './icons';
import type { Counted, Product, ProductAction } from './product';
import { Stars } from './stars';
import { useSpeech } from './texts';

const { useSendMessageBack } = hooks;

/** One product: picture, facts, and what can be asked about it. */
export function ProductCard({ product }: { readonly product: Product }) {
  const [titleId, markId] = [useId(), useId()];
  const { title, image, pictures, link, stock, rating, sponsored } = product;
  return (
    <article className="card" aria-labelledby={sponsored ? `${markId} ${titleId}` : titleId} data-stock={stock?.state}>
      {pictures ? <Gallery pictures={pictures} titleId={titleId} /> : <CardPicture picture={image} />}
      <Heart product={product} titleId={titleId} />
      <div className="card-body">
        {sponsored && (
          <p className="card-sponsored" id={markId}>
            {sponsored}
          </p>
        )}
        <h2 className="card-title" id={titleId} title={title}>
          {title}
        </h2>
        <Price product={product} />
        {rating && <Stars rating={rating} />}
        {stock && <p className={`stock stock-${stock.state}`}>{stock.text}</p>}
        <Why product={product} titleId={titleId} />
        <div className="card-actions">
          <Actions product={product} titleId={titleId} />
          {link && (
            <a
              className="card-link"
              href={link.url}
              target="_blank"
              rel="noopener noreferrer"
              aria-describedby={titleId}
            >
              {link.label}
              <NewTab />
            </a>
          )}
        </div>
      </div>
    </article>
  );
}

/** A toggle that tells the bot; it shows what the server kept, so it waits for the answer. */
function Heart({ product, titleId }: { readonly product: Product; readonly titleId: string }) {
  const sendMessageBack = useSendMessageBack();
  const given = useHeart(product.id);
  const { id, title, like } = product;
  if (like === undefined) return null;
  const toggle = () =>
    sendMessageBack(
      { action: given ? 'unlike' : 'like', productId: id },
      `${given ? like.undo : like.label}: ${title}`,
    );
  return (
    <button
      type="button"
      className="card-heart"
      aria-pressed={given}
      aria-label={like.label}
      aria-describedby={titleId}
      onClick={toggle}
    >
      <HeartIcon />
    </button>
  );
}

function Price({ product: { price, priceBefore } }: { readonly product: Product }) {
  const { texts } = useSpeech();
  if (price === '') return null;
  return (
    <p className={priceBefore ? 'price price-reduced' : 'price'}>
      {priceBefore && <span className="unseen">{texts.priceNow} </span>}
      <strong>{price}</strong>
      {priceBefore && (
        <>
          {' '}
          <span className="unseen">{texts.priceBefore} </span>
          <s>{priceBefore}</s>
        </>
      )}
    </p>
  );
}

/** Opens in the card; nothing is asked of the server. */
function Why({ product: { why, counted }, titleId }: { readonly product: Product; readonly titleId: string }) {
  const { texts } = useSpeech();
  const id = useId();
  const [open, setOpen] = useState(false);
  if (why === '' && counted === undefined) return null;
  return (
    <div className="why">
      <button
        type="button"
        className="why-toggle"
        aria-expanded={open}
        aria-controls={id}
        aria-describedby={titleId}
        onClick={() => setOpen(!open)}
      >
        {texts.whyThis}
      </button>
      <div id={id} className="why-text" hidden={!open}>
        {why !== '' && <p>{why}</p>}
        {counted && <CountedBars counted={counted} />}
      </div>
    </div>
  );
}

/** A bar for each modality: a screen reader says its name and its share. */
function CountedBars({ counted: { title, parts } }: { readonly counted: Counted }) {
  const id = useId();
  return (
    <div className="counted">
      <p id={id}>{title}</p>
      <ul aria-labelledby={id}>
        {parts.map(({ label, share, text }) => (
          <li key={label}>
            <span aria-hidden="true">{label}</span>
            <meter min={0} max={1} value={share} aria-label={label} aria-valuetext={text} />
            <span aria-hidden="true">{text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Actions({ product, titleId }: { readonly product: Product; readonly titleId: string }) {
  const sendMessageBack = useSendMessageBack();
  const ask = ({ name, label }: ProductAction) =>
    sendMessageBack({ action: name, productId: product.id }, `${label}: ${product.title}`);
  return product.actions.map((action) => (
    <button
      key={action.name}
      type="button"
      className="card-button"
      aria-describedby={titleId}
      onClick={() => ask(action)}
    >
      {action.label}
    </button>
  ));
}

function NewTab() {
  const { texts } = useSpeech();
  return (
    <>
      <OutIcon />
      <span className="unseen"> ({texts.newTab})</span>
    </>
  );
}
