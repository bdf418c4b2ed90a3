import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { FileButton } from '../../chat/file-button';
import { PICTURES } from '../../chat/files';
import { CameraIcon, CloseIcon } from '../../chat/icons';
import type { Answer, Refusal } from '../api/request';
import type { Product } from '../api/types';
import { useDesk } from '../desk-context';
import { CheckIcon, SearchIcon } from '../parts/icons';
import { type TextKey, useWords } from '../texts';
import { ProductLine } from '../transcript/entry-products';
import { problemOf } from './use-draft';

/** Milliseconds after the last key until a search starts by itself. */
const PAUSE = 350;

interface ProductSearchProps {
  /** The shopper's: cards are shown in it. */
  readonly language: string;
  readonly chosen: readonly Product[];
  readonly onToggle: (product: Product) => void;
  readonly onClose: () => void;
}

/** Finds products by words or by a photo, to be sent as cards. */
export function ProductSearch({ language, chosen, onToggle, onClose }: ProductSearchProps) {
  const { api } = useDesk();
  const { texts, say } = useWords();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Product[]>();
  const [state, setState] = useState<'idle' | 'busy' | TextKey>('idle');
  const field = useRef<HTMLInputElement>(null);
  /** Counts searches: an answer that was overtaken is not shown. */
  const search = useRef(0);
  useEffect(() => field.current?.focus(), []);

  const run = async (ask: () => Promise<Answer<{ readonly products: readonly Product[] }>>) => {
    search.current += 1;
    const mine = search.current;
    setState('busy');
    const answer = await ask();
    if (mine !== search.current) return;
    if (answer.ok) setFound(answer.value.products);
    setState(answer.ok ? 'idle' : searchProblemOf(answer));
  };
  const words = text.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only other words are another search.
  useEffect(() => {
    if (words === '') return undefined;
    const timer = setTimeout(() => void run(() => api.search(words, language)), PAUSE);
    return () => clearTimeout(timer);
  }, [words]);
  const onPhoto = ([photo]: readonly File[]) => {
    if (photo === undefined) return;
    setText('');
    void run(() => api.searchByPhoto(photo, language));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
    // Enter is for the list here, not for the message.
    if (event.key === 'Enter' && event.target === field.current) event.preventDefault();
  };
  return (
    <section className="product-search" aria-label={texts.addProducts} onKeyDown={onKeyDown}>
      <div className="product-search-head">
        <label className="search-field">
          <SearchIcon />
          <span className="unseen">{texts.searchProducts}</span>
          <input
            ref={field}
            type="search"
            value={text}
            placeholder={texts.searchProducts}
            maxLength={200}
            onChange={(event) => setText(event.target.value)}
            onPaste={(event) => {
              if (event.clipboardData.files.length === 0) return;
              event.preventDefault();
              onPhoto([...event.clipboardData.files]);
            }}
          />
        </label>
        <FileButton label={texts.searchByPhoto} accept={PICTURES} onFiles={(files) => onPhoto([...files])}>
          <CameraIcon />
        </FileButton>
        <button type="button" className="icon-button" aria-label={texts.close} title={texts.close} onClick={onClose}>
          <CloseIcon />
        </button>
      </div>
      <p className="product-search-state" role="status">
        {state === 'busy' && texts.searching}
        {state !== 'busy' && state !== 'idle' && texts[state]}
        {state === 'idle' &&
          found !== undefined &&
          (found.length === 0 ? texts.nothingFound : say('found', { count: found.length }))}
        {state === 'idle' && found === undefined && texts.searchHint}
      </p>
      <ul className="product-results" aria-busy={state === 'busy'}>
        {(found ?? []).map((product) => {
          const isChosen = chosen.some(({ productId }) => productId === product.productId);
          return (
            <li key={product.productId}>
              <button type="button" aria-pressed={isChosen} onClick={() => onToggle(product)}>
                <ProductLine product={product} />
                {isChosen && <CheckIcon />}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function searchProblemOf(refusal: Refusal): TextKey {
  const problem = problemOf(refusal);
  return problem === 'uploadFailed' ? 'didNotWork' : problem;
}
