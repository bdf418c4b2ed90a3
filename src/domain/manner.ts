import type { Language } from './language';

/** What a shopper says that is about the talk itself, and neither a wish nor a set phrase. */
export type Manner =
  /** Another language is wanted; `to` is missing for one that Vitrine does not speak. */
  | { readonly kind: 'switch'; readonly to?: Language; readonly language: Language }
  /** Which languages there are. */
  | { readonly kind: 'languages'; readonly language: Language }
  | { readonly kind: 'name'; readonly name: string; readonly language: Language }
  | { readonly kind: SmallTalk | 'abuse'; readonly language: Language };

/** `chat`: any other talk that a shop's assistant has nothing to say to. */
export const SMALL_TALK = ['howAreYou', 'whoAreYou', 'compliment', 'chat'] as const;
export type SmallTalk = (typeof SMALL_TALK)[number];

/** Recognises manners in any language; `hint` is the conversation's. */
export interface MannerRecogniser {
  recognise(text: string, hint: Language): Manner | undefined;
  /** The language that a text names, where it names one that Vitrine speaks. */
  named(text: string, hint: Language): Language | undefined;
}

/** What can be asked for now, for who asks for help. */
export const HELP_TOPICS = ['refine', 'compare', 'details', 'basket', 'order', 'question', 'language'] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

/** What is said of manners in a turn. */
export type MannerOutcome = {
  readonly kind: 'manners';
  readonly language: Language;
  /** How often the same was said in this conversation before: answers vary with it. */
  readonly before: number;
  /** There are results to go on with. */
  readonly searched: boolean;
} & (
  | { readonly say: SmallTalk | 'switched' | 'languages' | 'unspoken' }
  /** `offersPerson`: it is asked whether one is wanted. */
  | { readonly say: 'abuse'; readonly offersPerson: boolean }
  | { readonly say: 'named'; readonly name: string }
);

/** What a shopper thinks of a conversation that no person took part in, 1 to 5. */
export interface Rating {
  readonly conversationId: string;
  /** When it was asked for, in milliseconds since 1970: with the conversation, what it is known by. */
  readonly askedAt: number;
  readonly channel: string;
  readonly userId: string;
  readonly language: Language;
  readonly score: number;
}

/** A score, or words that are added to one. */
export type RatingChange =
  | { readonly kind: 'rate'; readonly askedAt: number; readonly score: number }
  | { readonly kind: 'comment'; readonly askedAt: number; readonly text: string };

/** Ratings, durable. */
export interface RatingStore {
  /** Writes a score over the one that is there. */
  rate(rating: Rating): void;
  /** Does nothing where there is no score. */
  comment(conversationId: string, askedAt: number, text: string): void;
}

/** Parts of a name: letters, with what stands within names. */
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}'’.·・-]*(?: [\p{L}\p{M}][\p{L}\p{M}'’.·・-]*){0,3}$/u;
const LONGEST_NAME = 40;
/** What clients and test tools send where they know no name. */
const NO_NAMES =
  /^(?:user|you|me|guest|anonymous|anon|unknown|visitor|customer|client|shopper|test|tester|bot|none|null|undefined|default(?: |-)?user|web ?chat|usuario|usuário|invitado|gast|benutzer|invité|utilisateur|гость|пользователь|用户|游客|ゲスト|ユーザー)$/iu;

/** A text where it is a name that somebody may be greeted by, and no id or placeholder. */
export function nameIn(text: string | undefined): string | undefined {
  const name = text?.normalize('NFC').trim().replace(/\s+/g, ' ').replace(/[.]+$/, '') ?? '';
  return name !== '' && name.length <= LONGEST_NAME && NAME.test(name) && !NO_NAMES.test(name) ? name : undefined;
}

/** What to call somebody by: the first of several names; names without spaces whole. */
export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}
