import type { Language } from '../domain';
import type { ConversationState } from './flow';
import type { RememberedPhoto } from './photo';

/** Photos that are kept, and milliseconds for which they are: as long as the pictures themselves. */
const MOST_PHOTOS = 2;
const LIFETIME = 24 * 3600 * 1000;

/** A new start: what was searched and looked at is forgotten, what was settled with the shopper holds. */
export function startedOver(state: ConversationState, language: Language): ConversationState {
  const { lastSearch: _search, lastProduct: _product, shown: _shown, photos: _photos, ...rest } = state;
  return { ...rest, language };
}

/** The state without photos whose vectors this encoder can't use, nor a search by one of them. */
export function forgetOtherPhoto(state: ConversationState, encoder: string | undefined): ConversationState {
  const { lastSearch, photos, ...rest } = state;
  const usable = (photos ?? []).filter((photo) => photo.encoder === encoder);
  const isOther = lastSearch?.photo !== undefined && lastSearch.photo.encoder !== encoder;
  if (!isOther && usable.length === (photos ?? []).length) return state;
  return { ...rest, ...(lastSearch && !isOther && { lastSearch }), ...(usable.length > 0 && { photos: usable }) };
}

/** The state without the voice's vector, where another recogniser made it; the words that were heard stay. */
export function forgetOtherVoice(state: ConversationState, recogniser: string | undefined): ConversationState {
  const { lastSearch } = state;
  if (!lastSearch?.voice?.vector || lastSearch.voice.recogniser === recogniser) return state;
  const { vector: _, ...voice } = lastSearch.voice;
  return { ...state, lastSearch: { ...lastSearch, voice } };
}

/** The state with the photo of its last search among those that can be pointed at, and without those that are too old. */
export function withPhoto({ photos = [], ...state }: ConversationState, now: number): ConversationState {
  const kept = photos.filter(({ at }) => at > now - LIFETIME);
  const photo = state.lastSearch?.photo;
  const isKnown = photo === undefined || kept.some(({ vector }) => vector === photo.vector);
  const next = isKnown ? kept : [...kept, { ...photo, at: now }].slice(-MOST_PHOTOS);
  return next.length > 0 ? { ...state, photos: next } : state;
}

/** The photo that was sent last. */
export function lastPhoto({ photos = [] }: ConversationState): RememberedPhoto | undefined {
  const sent = photos.at(-1);
  if (!sent) return undefined;
  const { at: _, ...photo } = sent;
  return photo;
}
