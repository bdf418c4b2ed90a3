import { type Reply, type StillOpen, textIn } from '../domain';
import type { Translator } from './i18n';

/** A reply that reminds, in its last line, of what is still open; what that can be answered with is offered first. */
export function withReminder(
  reply: Reply,
  { about, product, facet, choices }: StillOpen,
  translator: Translator,
): Reply {
  const { language, suggestions } = reply;
  const title = product && textIn(product, language).title;
  const line = about === 'person' ? 'person.offer' : facet ? `ask.${facet}` : `open.${about}`;
  const text = [reply.text, translator.text(language, line, { title })].filter(Boolean).join('\n');
  const others = suggestions.filter(({ value }) => !choices.some((choice) => choice.value === value));
  return { ...reply, text, suggestions: [...choices, ...others] };
}
