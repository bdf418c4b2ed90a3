import { z } from 'zod';
import {
  type AnswerFacts,
  type AnswerPhraser,
  LANGUAGES,
  type Language,
  type LanguageModel,
  type ModelRequest,
  type TextAnalyzer,
} from '../domain';
import { checkPhrasing } from './check-phrasing';

const MOST_TOKENS = 200;

const INSTRUCTIONS = `You say the answer of a shop's assistant in a friendlier way. The data holds the answer, its language, and the products that are shown below it as cards.
- One or two short sentences in that language; end with a colon or a full stop, for the cards follow.
- Say nothing that the answer does not say. You may name a product by its whole title in quotation marks, exactly as it is written, and after that its price, exactly as it is written.
- Keep what was understood, and what stands in quotation marks, as it is.
- No numbers, promises, reasons, praise, links, markup or emoji of your own.`;

/** One language's `phrasing.json`: words that a phrasing may use beside those of the facts. They promise nothing. */
export const phrasingSchema = z.strictObject({ language: z.enum(LANGUAGES), words: z.array(z.string().min(1)).min(1) });

const answer = z.strictObject({ text: z.string() });
const { $schema: _, ...schema } = z.toJSONSchema(answer);

/** Phrases answers with a language model; a phrasing that says anything but the facts is refused (see `checkPhrasing`). */
export class ModelPhraser implements AnswerPhraser {
  constructor(
    private readonly model: LanguageModel,
    private readonly words: {
      readonly analyzer: Pick<TextAnalyzer, 'analyse' | 'detectLanguage'>;
      /** By language, words that a phrasing may use beside those of the facts. */
      readonly allowed: Readonly<Record<Language, readonly string[]>>;
    },
  ) {}

  phrase(facts: AnswerFacts, signal: AbortSignal): Promise<string | undefined> {
    const { language, text, understood, products } = facts;
    const request: ModelRequest<string> = {
      use: 'phrase',
      instructions: INSTRUCTIONS,
      data: { language, answer: text, understood, products },
      schema,
      mostTokens: MOST_TOKENS,
      read: (said) => {
        const parsed = answer.safeParse(said);
        return parsed.success ? checkPhrasing(parsed.data.text, facts, this.words) : undefined;
      },
    };
    return this.model.ask(request, signal);
  }
}
