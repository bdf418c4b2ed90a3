import type { AlertOutcome } from './alert';
import type { BasketOutcome } from './basket';
import type { ProductQuestion } from './command';
import type { Facet, FacetQuestion, HeldConstraint } from './facet';
import type { Passage } from './knowledge';
import type { Language } from './language';
import type { HelpTopic, MannerOutcome } from './manner';
import type { Order } from './order';
import type { PairingOutcome } from './pairing';
import type { PersonOutcome } from './person';
import type { Product } from './product';
import type { KnownOfShopper, Recommended } from './profile';
import type { StructuredQuery } from './query';
import type { RankedProducts } from './ranking';
import type { VariantAxis, VariantOption } from './variants';

/** What was recognised on the photos of a message; lexicon ids. */
export interface PhotoSeen {
  /** How many photos there were. */
  readonly photos: number;
  readonly kind?: string;
  /** Kinds that it may be, the likeliest first, where none is clear enough to be named. */
  readonly likely?: readonly string[];
  /** The main colour first. */
  readonly colors: readonly string[];
  readonly pattern?: string;
}

/** Why a photo could not be used, that only some of several could, or that nothing looks like it. */
export const PHOTO_FAULTS = [
  'refused',
  'unreadable',
  'tooLarge',
  'gone',
  'failed',
  'unsupported',
  'some',
  'nothing',
] as const;
export type PhotoFault = (typeof PHOTO_FAULTS)[number];

/** What a dialog flow decided to say; `reply/` puts it into words. */
export type DialogOutcome =
  | {
      readonly kind: 'greeting' | 'thanks' | 'goodbye';
      readonly language: Language;
      /** How often the same was said before in this conversation; 0 where it is missing. */
      readonly before?: number;
      /** What the shopper is called. */
      readonly name?: string;
      /** It is asked how well they were served. */
      readonly asksRating?: true;
    }
  /** `can` is what can be done now. */
  | { readonly kind: 'help'; readonly language: Language; readonly can: readonly HelpTopic[] }
  | { readonly kind: 'startOver' | 'attachment' | 'empty'; readonly language: Language }
  | MannerOutcome
  /** A score was given, is to be commented, or was. */
  | { readonly kind: 'rating'; readonly language: Language; readonly say: 'rated' | 'askComment' | 'commented' }
  | {
      readonly kind: 'results';
      readonly language: Language;
      readonly ranked: RankedProducts;
      readonly continued: boolean;
      /** Missing where the search is by words alone. */
      readonly photo?: PhotoSeen;
      /** Why the words alone were searched or, beside `photo`, some photos only. */
      readonly photoFault?: PhotoFault;
      /** What is asked beside the results, because they differ in it. */
      readonly question?: FacetQuestion;
      /** What constrains the search beside its kind, what was said last first. */
      readonly held?: readonly HeldConstraint[];
      /**
       * The product that these are like, but for a change; whether one of its variants has it, other products like it, or none.
       * `change` says what.
       */
      readonly like?: {
        readonly product: Product;
        readonly change: StructuredQuery;
        readonly found: 'variant' | 'similar' | 'none';
      };
    }
  | { readonly kind: 'photoFault'; readonly language: Language; readonly fault: PhotoFault }
  /** Nothing but voice notes, and none of them could be used: what became of them is said beside the outcome. */
  | { readonly kind: 'unheard'; readonly language: Language }
  | {
      readonly kind: 'similar';
      readonly language: Language;
      readonly product: Product;
      readonly ranked: RankedProducts;
      readonly continued: boolean;
    }
  /** `policies` are the merchant's words on delivery and returns, `substitutes` what may be bought where it is sold out. */
  | {
      readonly kind: 'details';
      readonly language: Language;
      readonly product: Product;
      readonly variants: readonly Product[];
      readonly policies: readonly Passage[];
      readonly substitutes: readonly Product[];
    }
  /** One thing about a product; `missing` where the variant that was asked for is not there. */
  | {
      readonly kind: 'told';
      readonly language: Language;
      readonly about: ProductQuestion;
      readonly product: Product;
      readonly variants: readonly Product[];
      readonly missing: boolean;
      readonly substitutes: readonly Product[];
    }
  /** What may be bought in a product's place; `variants` are its item's. */
  | {
      readonly kind: 'substitutes';
      readonly language: Language;
      readonly product: Product;
      readonly variants: readonly Product[];
      readonly substitutes: readonly Product[];
    }
  | {
      readonly kind: 'forYou';
      readonly language: Language;
      readonly recommended: Recommended;
      readonly continued: boolean;
      /** What was answered to the question whether the shop may remember, where it was answered just now. */
      readonly answered?: 'yes' | 'no';
    }
  | {
      readonly kind: 'goesWith';
      readonly language: Language;
      readonly product: Product;
      readonly recommended: Recommended;
      readonly continued: boolean;
    }
  | PersonOutcome
  | BasketOutcome
  | PairingOutcome
  | AlertOutcome
  /** A variant is needed; `missing` where the one that was asked for is not there. */
  | {
      readonly kind: 'askVariant';
      readonly language: Language;
      readonly product: Product;
      readonly by: VariantAxis;
      readonly options: readonly VariantOption[];
      readonly missing: boolean;
    }
  /** Several products may be meant. */
  | { readonly kind: 'whichOne'; readonly language: Language; readonly products: readonly Product[] }
  /** Fewer were shown than was said. */
  | { readonly kind: 'beyond'; readonly language: Language; readonly shown: number }
  | {
      readonly kind: 'compared';
      readonly language: Language;
      readonly items: readonly { readonly product: Product; readonly variants: readonly Product[] }[];
    }
  /** What was shown before is shown again. */
  | { readonly kind: 'back'; readonly language: Language; readonly products: readonly Product[] }
  | { readonly kind: 'compareWhat' | 'nothingToUndo'; readonly language: Language }
  /** An order; what is missing to show one; `offersPerson` where the shopper is asked whether one is wanted. */
  | {
      readonly kind: 'order';
      readonly language: Language;
      readonly say: 'askBoth' | 'askNumber' | 'askEmail' | 'notFound' | 'refused' | 'failed' | 'dropped';
      readonly offersPerson: boolean;
    }
  | { readonly kind: 'orderFound'; readonly language: Language; readonly order: Order }
  /** What the merchant's files say; `near` is what else may be meant, `foreign` where it is not in the shopper's language. */
  | {
      readonly kind: 'answer';
      readonly language: Language;
      readonly passage: Passage;
      readonly near: readonly Passage[];
      readonly foreign: boolean;
    }
  /** The files don't say; `offersPerson` where the shopper is asked whether one is wanted. */
  | {
      readonly kind: 'unanswered';
      readonly language: Language;
      readonly near: readonly Passage[];
      readonly offersPerson: boolean;
    }
  /** `again`: what is open is not answered by that; `letGo`: it is open no longer. */
  | { readonly kind: 'again' | 'letGo'; readonly language: Language }
  /** Whether likes may be remembered. */
  | { readonly kind: 'askConsent'; readonly language: Language; readonly about: 'like' | 'forYou' }
  /** `kept` is false where the shopper did not allow it. */
  | { readonly kind: 'liked'; readonly language: Language; readonly product: Product; readonly kept: boolean }
  /** What the shopper liked; `allowed` is false where the shop may not remember that. */
  | {
      readonly kind: 'likes';
      readonly language: Language;
      readonly products: readonly Product[];
      readonly allowed: boolean;
    }
  | { readonly kind: 'known'; readonly language: Language; readonly known: KnownOfShopper; readonly name?: string }
  /** It may be remembered from now on; `liked` is the product whose like waited for that. */
  | { readonly kind: 'consented'; readonly language: Language; readonly liked?: string }
  | { readonly kind: 'unliked'; readonly language: Language; readonly productId: string }
  | { readonly kind: 'forgotten'; readonly language: Language }
  /** `declined`: nothing may be remembered. */
  | {
      readonly kind: 'declined' | 'nothingGoesWith' | 'whichProduct';
      readonly language: Language;
    }
  /** `gone`: the product of a card is no longer sold; `noSimilar`: nothing is like it. */
  | { readonly kind: 'noMore' | 'gone' | 'noSimilar'; readonly language: Language }
  /** `kept`: what was shown before can still be talked of. */
  | { readonly kind: 'nothing'; readonly language: Language; readonly kept?: boolean };

/** Things that a shopper says with a set phrase rather than with a wish. */
export type PhraseIntent =
  | 'greeting'
  | 'help'
  | 'more'
  | 'startOver'
  | 'thanks'
  | 'goodbye'
  | 'forYou'
  | 'goesWith'
  | 'remember'
  | 'whatYouKnow'
  | 'forgetMe'
  /** A person is wanted. */
  | 'person'
  | 'leaveMessage'
  | 'keepChatting'
  | 'cancel'
  /** What was said of the price holds no longer. */
  | 'anyPrice'
  /** Mean something only where the shopper was asked. */
  | 'yes'
  | 'no';

/** Recognises set phrases in any language. */
export interface PhraseRecogniser {
  recognise(text: string, hint?: Language): { readonly intent: PhraseIntent; readonly language: Language } | undefined;
}

/** Names of lexicon ids in a shopper's language, as they stand in a sentence. */
export interface Vocabulary {
  /** The everyday name of an attribute's id ("backpacks", "red", "leather"); the id itself where there is none. */
  name(
    type: 'kind' | 'group' | 'color' | 'material' | 'pattern' | 'audience' | 'condition',
    id: string,
    language: Language,
  ): string;
  /** Words that the parser takes for a value of a facet, and that a shopper would say; a price is none. */
  said(facet: Exclude<Facet, 'price'>, value: string, language: Language): string;
  /** Is a word an article of things that were not talked of yet: "a", "ein"? */
  isArticle(word: string, language: Language): boolean;
}
