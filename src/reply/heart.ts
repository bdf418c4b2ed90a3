import { type DialogOutcome, type Reply, textIn } from '../domain';
import type { Translator } from './i18n';
import { suggest } from './recommended';

type Outcome = Extract<DialogOutcome, { kind: 'consented' | 'liked' | 'unliked' | 'forgotten' }>;

/** What becomes of likes; with it, how the hearts of cards stand. */
export function heartReply(outcome: Outcome, { translator }: { readonly translator: Translator }): Reply {
  const { language } = outcome;
  const reply = (key: string, next: readonly string[], heart?: Reply['heart'], values = {}): Reply => ({
    language,
    text: translator.text(language, key, values),
    cards: [],
    suggestions: suggest(next, language, translator),
    ...(heart && { heart }),
  });
  switch (outcome.kind) {
    case 'consented': {
      const heart = outcome.liked === undefined ? undefined : { productId: outcome.liked, given: true };
      return { ...reply('consented', ['forYou', 'whatYouKnow', 'forgetMe'], heart), remembers: true };
    }
    case 'liked': {
      const { product, kept } = outcome;
      const { title } = textIn(product, language);
      if (!kept) return reply('likedNotKept', ['remember'], { productId: product.id, given: false });
      return reply('liked', ['forYou'], { productId: product.id, given: true }, { title });
    }
    case 'unliked':
      return reply('unliked', [], { productId: outcome.productId, given: false });
    case 'forgotten':
      return { ...reply('forgotten', [], { given: false }), remembers: false };
  }
}
