import { join } from 'node:path';
import type { App } from '../app';
import { demoItems } from '../catalogue/demo/items';
import { photographed } from '../catalogue/demo/photographed';
import { SeededRandom } from '../catalogue/demo/random';
import { deadlineFor, TURN_DEADLINE } from '../channels/deadline';
import { type ConversationState, migrateState } from '../dialog';
import { type IncomingMessage, type Language, type MediaSource, VitrineError } from '../domain';
import { loadKnowledge } from '../knowledge';
import { FileOrderStore } from '../orders';
import { type DialogSession, type DialogShop, type DialogTruth, meetsGoal } from '../training';
import { canSpeak, speak } from './speak';

/** Voices of espeak-ng that read a language; its Japanese one reads no Chinese characters. */
const VOICES: Readonly<Partial<Record<Language, string>>> = {
  en: 'en-us',
  zh: 'cmn',
  es: 'es',
  fr: 'fr-fr',
  de: 'de',
  pt: 'pt-br',
  ru: 'ru',
};
const SPEED = '155';
const PITCH = '50';
const CHANNEL = 'directline';

/** The assistant of an app as a simulated shopper's: messages go its whole way, uploads are screened and stored first. */
export function dialogShopOf(app: App): DialogShop {
  const passages = loadKnowledge(app.config.KNOWLEDGE_DIR);
  const orders = new FileOrderStore(join(app.config.root, 'dialogs', 'orders.json'));
  const kindOf: DialogShop['kindOf'] = (product) => app.tagger.tag(product).kinds[0];
  const speaks = canSpeak();
  return {
    passages,
    kindOf,
    product: (id) => app.products.get(id),
    open: (name, language) => openDialog(app, name, language),
    orderState: async ({ number, email }, language) => {
      const order = await orders.find(number, email);
      return order && app.translator.text(language, `order.states.${order.state}`);
    },
    paidBy,
    photoOf: async (wanted, seed) => {
      const looks = demoItems().flatMap(({ kind, pattern, variants }) =>
        variants.map(({ id, color }) => ({ id, drawing: kind.drawing, color, pattern })),
      );
      const look = looks.find(({ id }) => {
        const product = app.products.get(id);
        return product !== undefined && meetsGoal(product, kindOf(product), wanted);
      });
      if (!look) throw new VitrineError('EVALUATION_INVALID', `${seed}: no product looks like its photo`);
      return photographed(look, new SeededRandom(`dialogs/${seed}`));
    },
    spoken: async (words, language) => {
      const name = VOICES[language];
      return speaks && name !== undefined ? speak(words, { name, speed: SPEED, pitch: PITCH }) : undefined;
    },
  };
}

/** The lines of an address of `CHECKOUT`'s form. */
function paidBy(url: string): { productId: string; quantity: number }[] {
  return (new URL(url).searchParams.get('items') ?? '').split(',').flatMap((line) => {
    const at = line.lastIndexOf(':');
    return at === -1 ? [] : [{ productId: line.slice(0, at), quantity: Number(line.slice(at + 1)) }];
  });
}

async function openDialog(app: App, name: string, locale: Language): Promise<DialogSession> {
  const conversationId = `local:${name}`;
  const about = { channel: CHANNEL, conversationId, userId: name, locale, hasAttachments: false };
  const keep = async (bytes: Buffer | undefined, file: string): Promise<MediaSource[]> => {
    if (!bytes) return [];
    const screened = await app.screener.screen(bytes, file);
    return [{ kind: 'stored', id: await app.attachments.put(conversationId, screened) }];
  };
  const send = (message: IncomingMessage) =>
    app.assistant.handleTurn(message, AbortSignal.timeout(deadlineFor(message, TURN_DEADLINE)));
  await send({ ...about, kind: 'opened', text: '' });
  return {
    say: async ({ text, photo, voice }) => {
      const [photos, voices] = [await keep(photo, 'photo.jpg'), await keep(voice, 'voice.wav')];
      return send({
        ...about,
        kind: 'message',
        text,
        ...(photos.length > 0 && { photos }),
        ...(voices.length > 0 && { voices }),
      });
    },
    truth: () => truthOf(app, conversationId, locale),
  };
}

async function truthOf(app: App, conversationId: string, language: Language): Promise<DialogTruth> {
  const state = migrateState(app.conversations.load(conversationId).state, language, app.clock());
  const { lastSearch } = state;
  const query =
    lastSearch && lastSearch.text.trim() !== ''
      ? app.parser.parse(lastSearch.text, { ...(await app.retriever.facts()), language: lastSearch.language })
      : undefined;
  return {
    focus: state.lastProduct,
    asks: askedIn(app, state),
    handoff: app.handoff.shoppers.view(conversationId).state,
    query,
    seen: lastSearch?.photo?.seen,
  };
}

/** What the last answer asked: a variant is asked for by its size where the colour that was looked at has several. */
function askedIn(app: App, { open }: ConversationState): DialogTruth['asks'] {
  const newest = open?.at(-1);
  // What was asked earlier waits, but is not what the shopper is asked now.
  if (!newest || newest.turns > 0) return undefined;
  const asking = newest.question;
  switch (asking.about) {
    case 'variant': {
      const product = app.products.get(asking.productId);
      const variants = product?.itemGroupId === undefined ? [] : app.products.variants(product.itemGroupId);
      const sizes = variants.flatMap(({ color, size }) => (color === product?.color && size ? [size] : []));
      return new Set(sizes).size > 1 ? 'size' : 'color';
    }
    case 'facet':
      return asking.facet;
    case 'alert':
      return 'size';
    case 'like':
    case 'forYou':
    case 'pair':
    case 'join':
      return 'consent';
    default:
      return asking.about;
  }
}
