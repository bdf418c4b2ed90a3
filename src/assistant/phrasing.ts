import type { AnswerFacts, AnswerPhraser, DialogOutcome, TurnObserver } from '../domain';
import { textIn } from '../domain';
import { type RenderTools, renderReply, understoodIn } from '../reply';

export interface PhrasingTools {
  readonly render: RenderTools;
  readonly phraser?: AnswerPhraser | undefined;
  readonly observer: TurnObserver;
}

/**
 * A model's phrasing of an answer that shows products; undefined where there is none that holds. Answers on people,
 * privacy, orders, the basket and the merchant's own words are never phrased, nor is one that says more than one thing.
 */
export async function phrasedOrNot(
  outcome: DialogOutcome,
  { render, phraser, observer }: PhrasingTools,
  signal: AbortSignal,
): Promise<string | undefined> {
  const facts = phraser && factsOf(outcome, render);
  if (!facts) return undefined;
  try {
    return await phraser.phrase(facts, signal);
  } catch (error) {
    if (!signal.aborted) observer.fault(error);
    return undefined;
  }
}

function factsOf(outcome: DialogOutcome, tools: RenderTools): AnswerFacts | undefined {
  const { kind, language } = outcome;
  if (kind !== 'results' && kind !== 'similar' && kind !== 'forYou' && kind !== 'goesWith') return undefined;
  const { text, cards } = renderReply(outcome, tools);
  // What was left out of a search, or happened to a photo, must be told as it is.
  if (text.includes('\n')) return undefined;
  const about = 'product' in outcome ? [{ title: textIn(outcome.product, language).title, price: '' }] : [];
  const products = cards.map(({ title, price }) => ({ title, price }));
  return { language, text, understood: understoodIn(outcome, tools), products: [...about, ...products] };
}
